package io.drainwatch.watcher.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.watcher.chart.VerbTable.Mode;
import io.drainwatch.watcher.chart.VerbTable.Option;
import io.drainwatch.watcher.chart.VerbTable.Subject;
import io.drainwatch.watcher.chart.VerbTable.Verb;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RolesTest {
  private static final String LEASE = "drainwatch-drainer";

  @BeforeAll
  static void needsHelm() {
    Chart.assumeHelm();
  }

  static Stream<Arguments> subjectsAndOptions() {
    return Arrays.stream(Subject.values())
        .flatMap(subject -> options().map(options -> Arguments.of(subject, options)));
  }

  private static Stream<Set<Option>> options() {
    List<Option> all = List.of(Option.values());
    return IntStream.range(0, 1 << all.size())
        .mapToObj(
            bits ->
                all.stream()
                    .filter(option -> (bits & (1 << option.ordinal())) != 0)
                    .collect(Collectors.toCollection(() -> EnumSet.noneOf(Option.class))));
  }

  @ParameterizedTest
  @MethodSource("subjectsAndOptions")
  void allowWhatTheTableSaysAndNothingElse(Subject subject, Set<Option> options) {
    Manifests manifests = Chart.render(Option.values(subject.form, options));

    assertThat(granted(manifests, subject))
        .containsExactlyInAnyOrderElementsOf(VerbTable.allowed(subject, options));
  }

  static Stream<Arguments> subjectsAndModes() {
    return Arrays.stream(Subject.values())
        .flatMap(
            subject ->
                Arrays.stream(Mode.values())
                    .flatMap(
                        mode ->
                            Stream.of(EnumSet.noneOf(Option.class), EnumSet.allOf(Option.class))
                                .map(options -> Arguments.of(subject, mode, options))));
  }

  @ParameterizedTest
  @MethodSource("subjectsAndModes")
  void allowLessWhereAnotherToolActs(Subject subject, Mode mode, Set<Option> options) {
    Manifests manifests =
        Chart.render(
            Option.values(subject.form, options).with("config.kubernetes.mode", mode.word));

    assertThat(granted(manifests, subject))
        .containsExactlyInAnyOrderElementsOf(VerbTable.allowed(subject, options, mode));
    if (mode != Mode.DRAIN) {
      assertThat(granted(manifests, subject)).noneMatch(verb -> verb.resource().startsWith("pods"));
    }
  }

  @Test
  void deletePodsUnlessTheyAreLeft() {
    assertThat(granted(Chart.render(Values.least()), Subject.DRAINER))
        .contains(new Verb("pods", "delete"));
    assertThat(granted(Chart.render(Values.least().with("atDeadline", "leave")), Subject.DRAINER))
        .doesNotContain(new Verb("pods", "delete"));
  }

  @Test
  void reachOneLeaseInTheirOwnNameSpace() {
    Manifests manifests = Chart.render(Values.least());

    assertThat(manifests.all(ClusterRole.class).flatMap(role -> role.getRules().stream()))
        .noneMatch(rule -> rule.getResources().contains("leases"));
    assertThat(
            manifests
                .all(Role.class)
                .filter(role -> role.getMetadata().getNamespace().equals(Chart.NAMESPACE))
                .flatMap(role -> role.getRules().stream()))
        .filteredOn(rule -> !rule.getVerbs().equals(List.of("create")))
        .isNotEmpty()
        .allSatisfy(rule -> assertThat(rule.getResourceNames()).containsExactly(LEASE));
  }

  @Test
  void letEventsBeWrittenAboutNodesOnly() {
    for (String form : List.of("controller", "agent")) {
      Manifests manifests = Chart.render(Values.least().with("form", form));

      assertThat(manifests.all(ClusterRole.class).flatMap(role -> role.getRules().stream()))
          .noneMatch(rule -> rule.getResources().contains("events"));
      assertThat(
              manifests
                  .all(Role.class)
                  .filter(role -> role.getMetadata().getName().endsWith("-events")))
          .hasSize(form.equals("controller") ? 2 : 1)
          .allSatisfy(role -> assertThat(role.getMetadata().getNamespace()).isEqualTo("default"));
    }
  }

  @Test
  void letEventsBeWrittenAboutPodsWhereThatIsWished() {
    Manifests manifests =
        Chart.render(Values.least().with("config.kubernetes.eviction.pod-events", true));

    assertThat(
            manifests
                .all(ClusterRole.class)
                .filter(
                    role ->
                        role.getRules().stream()
                            .anyMatch(rule -> rule.getResources().contains("events"))))
        .extracting(role -> role.getMetadata().getName())
        .containsExactly("drains-dw-drainwatch-drainer");
    assertThat(granted(manifests, Subject.DRAINER))
        .isEqualTo(granted(Chart.render(Values.least()), Subject.DRAINER));
  }

  @Test
  void reachTheLeaseThatTheSettingsName() {
    Manifests manifests =
        Chart.render(Values.least().with("config.kubernetes.drainer.lease", "another"));

    assertThat(manifests.all(Role.class).flatMap(role -> role.getRules().stream()))
        .filteredOn(rule -> rule.getResources().contains("leases"))
        .filteredOn(rule -> rule.getVerbs().contains("update"))
        .singleElement()
        .satisfies(rule -> assertThat(rule.getResourceNames()).containsExactly("another"));
  }

  @Test
  void giveNoAccountATokenUnasked() {
    assertThat(Chart.render(Values.least()).all(ServiceAccount.class))
        .hasSize(2)
        .allSatisfy(account -> assertThat(account.getAutomountServiceAccountToken()).isFalse());
  }

  @Test
  void knowNoDrainerWhereThereIsNone() {
    assertThat(Chart.render(Values.least().with("form", "agent")).text())
        .doesNotContain("-drainer");
  }

  @Test
  void ofTwoReleasesAreTwo() {
    Manifests one = Chart.render(Values.least(), "dw", "one", Chart.KUBERNETES);
    Manifests other = Chart.render(Values.least(), "dw", "other", Chart.KUBERNETES);

    Set<String> names = names(one);
    names.retainAll(names(other));
    assertThat(names).isEmpty();
  }

  /** Of what belongs to no name space of the release. */
  private static Set<String> names(Manifests manifests) {
    return manifests.objects().stream()
        .filter(each -> !Set.of("one", "other").contains("" + each.getMetadata().getNamespace()))
        .map(each -> each.getKind() + " " + each.getMetadata().getName())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<Verb> granted(Manifests manifests, Subject subject) {
    String account = "dw-drainwatch-" + subject.component;
    Stream<PolicyRule> everywhere =
        manifests
            .all(ClusterRoleBinding.class)
            .filter(each -> each.getSubjects().getFirst().getName().equals(account))
            .map(each -> manifests.named(ClusterRole.class, each.getRoleRef().getName()))
            .flatMap(role -> role.orElseThrow().getRules().stream());
    Stream<PolicyRule> somewhere =
        manifests
            .all(RoleBinding.class)
            .filter(each -> each.getSubjects().getFirst().getName().equals(account))
            .map(each -> manifests.named(Role.class, each.getRoleRef().getName()))
            .flatMap(role -> role.orElseThrow().getRules().stream());
    return Stream.concat(everywhere, somewhere)
        .flatMap(RolesTest::verbs)
        .collect(Collectors.toSet());
  }

  private static Stream<Verb> verbs(PolicyRule rule) {
    assertThat(rule.getNonResourceURLs()).isEmpty();
    return rule.getApiGroups().stream()
        .flatMap(
            group ->
                rule.getResources().stream()
                    .map(resource -> group.isEmpty() ? resource : group + "/" + resource))
        .flatMap(resource -> rule.getVerbs().stream().map(verb -> new Verb(resource, verb)));
  }
}

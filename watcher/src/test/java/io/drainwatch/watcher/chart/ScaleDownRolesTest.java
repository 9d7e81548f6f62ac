package io.drainwatch.watcher.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The roles of the clean-up behind StatefulSets: the table of scale-down.md, section 5. */
class ScaleDownRolesTest {
  private static final List<String> TABLE =
      List.of(
          "apps/statefulsets get list watch patch",
          "/pods get list watch create delete",
          "/persistentvolumeclaims list watch delete",
          "events.k8s.io/events create");
  private static final String ROLE = "drains-dw-drainwatch-scaledown";

  @BeforeAll
  static void needsHelm() {
    Chart.assumeHelm();
  }

  private static Values with(Object namespaces) {
    return Values.least().with("scaleDown.enabled", true).with("scaleDown.namespaces", namespaces);
  }

  private static List<String> verbs(List<PolicyRule> rules) {
    return rules.stream()
        .map(
            rule ->
                String.join("+", rule.getApiGroups())
                    + "/"
                    + String.join("+", rule.getResources())
                    + " "
                    + String.join(" ", rule.getVerbs()))
        .toList();
  }

  private static Stream<Role> roles(Manifests manifests) {
    return manifests.all(Role.class).filter(role -> role.getMetadata().getName().equals(ROLE));
  }

  @Test
  void areNoneByDefault() {
    assertThat(Chart.render(Values.least()).text()).doesNotContain("scaledown", "statefulsets");
  }

  @Test
  @DisplayName("D03 a role in the own name space, with exactly the verbs of the table")
  void areInTheOwnNameSpace() {
    Manifests manifests = Chart.render(with("own"));

    assertThat(roles(manifests))
        .singleElement()
        .satisfies(
            role -> {
              assertThat(role.getMetadata().getNamespace()).isEqualTo(Chart.NAMESPACE);
              assertThat(verbs(role.getRules())).containsExactlyElementsOf(TABLE);
            });
    assertThat(manifests.all(ClusterRole.class))
        .noneMatch(role -> role.getMetadata().getName().equals(ROLE));
  }

  @Test
  @DisplayName("D03 a role in each name space that is named, once")
  void areInEachNameSpaceThatIsNamed() {
    Manifests manifests = Chart.render(with(List.of("shop", "own", Chart.NAMESPACE, "billing")));

    assertThat(roles(manifests))
        .extracting(role -> role.getMetadata().getNamespace())
        .containsExactlyInAnyOrder("shop", Chart.NAMESPACE, "billing");
    assertThat(roles(manifests))
        .allSatisfy(role -> assertThat(verbs(role.getRules())).isEqualTo(TABLE));
    assertThat(
            manifests
                .all(RoleBinding.class)
                .filter(each -> each.getMetadata().getName().equals(ROLE)))
        .hasSize(3)
        .allSatisfy(
            each ->
                assertThat(each.getSubjects().getFirst().getName())
                    .isEqualTo("dw-drainwatch-drainer"));
  }

  @Test
  @DisplayName("D03 one role for the cluster, with the same verbs")
  void areOneForTheCluster() {
    Manifests manifests = Chart.render(with("all"));

    assertThat(roles(manifests)).isEmpty();
    assertThat(verbs(manifests.named(ClusterRole.class, ROLE).orElseThrow().getRules()))
        .isEqualTo(TABLE);
    assertThat(manifests.named(ClusterRoleBinding.class, ROLE)).isPresent();
  }

  @Test
  @DisplayName("D03 the Lease is in the own name space, by its name")
  void reachTheirLease() {
    assertThat(
            Chart.render(with("all"))
                .all(Role.class)
                .flatMap(role -> role.getRules().stream())
                .filter(rule -> rule.getResources().contains("leases"))
                .filter(rule -> rule.getVerbs().contains("update")))
        .singleElement()
        .satisfies(
            rule ->
                assertThat(rule.getResourceNames())
                    .containsExactly("drainwatch-drainer", "drainwatch-scaledown"));
  }

  @Test
  void theSettingsSayTheSame() {
    assertThat(Chart.render(with(List.of("shop", "own"))).text())
        .containsPattern("scale-down:\\s+enabled: true\\s+namespaces:\\s+- shop\\s+- own");
    assertThat(Chart.render(with("all")).text())
        .containsPattern("scale-down:\\s+enabled: true\\s+namespaces:\\s+- all");
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatThrownBy(() -> Chart.render(with("own").with("form", "agent")))
        .hasMessageContaining("scaleDown.enabled needs form controller");
    assertThatThrownBy(() -> Chart.render(with(List.of()))).hasMessageContaining("scaleDown");
    assertThatThrownBy(() -> Chart.render(with(List.of("all", "shop"))))
        .hasMessageContaining("scaleDown");
    assertThatThrownBy(() -> Chart.render(with("Shop"))).hasMessageContaining("scaleDown");
    assertThatThrownBy(() -> Chart.render(Values.least().with("config.scale-down.enabled", true)))
        .hasMessageContaining("config.scale-down is set by the chart");
  }
}

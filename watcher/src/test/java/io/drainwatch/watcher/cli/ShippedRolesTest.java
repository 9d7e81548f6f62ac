package io.drainwatch.watcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.model.Call;
import io.drainwatch.watcher.chart.Access;
import io.drainwatch.watcher.chart.Grant;
import io.drainwatch.watcher.chart.Shipped;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The chart's roles against what is really asked for in a whole maintenance, in every form, mode
 * and with every option: each request is allowed, and there is no verb of any rule without which
 * all of them would still be.
 */
@Timeout(240)
class ShippedRolesTest {
  enum Case {
    CONTROLLER("controller", "drain", Map.of("atDeadline", "leave")),
    CONTROLLER_WITH_ALL_OPTIONS("controller", "drain", ALL),
    CONTROLLER_WITH_EVENTS_OF_PODS("controller", "drain", PODS_TOO),
    CONTROLLER_THAT_OBSERVES("controller", "observe", Map.of()),
    CONTROLLER_WITH_CONDITIONS("controller", "condition", Map.of()),
    AGENT("agent", "drain", Map.of("atDeadline", "leave")),
    AGENT_WITH_ALL_OPTIONS("agent", "drain", ALL),
    AGENT_THAT_OBSERVES("agent", "observe", Map.of()),
    AGENT_WITH_CONDITIONS("agent", "condition", Map.of());

    final String form;
    final String mode;
    final Map<String, Object> values;

    Case(String form, String mode, Map<String, Object> values) {
      this.form = form;
      this.mode = mode;
      this.values = values;
    }

    private Shipped shipped() {
      return Shipped.with(
          Stream.concat(
                  values.entrySet().stream(),
                  Map.<String, Object>of("form", form, "config.kubernetes.mode", mode)
                      .entrySet()
                      .stream())
              .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private List<String> parts() {
      return form.equals("agent") ? List.of("watcher") : List.of("watcher", "drainer");
    }

    private Set<Call> calls(Path directory) throws Exception {
      try (ShippedDrain drain = new ShippedDrain(shipped(), directory)) {
        boolean isForced = values == ALL;
        return (isForced ? drain.blocked() : drain)
            .whole(
                form.equals("controller"),
                mode.equals("drain"),
                isForced ? "Preempt" : "Reboot",
                this == CONTROLLER);
      }
    }
  }

  private static final Map<String, Object> ALL =
      Map.of(
          "atDeadline", "delete-pods",
          "permissions.podDisruptionBudgets", true,
          "permissions.volumeAttachments", true,
          "config.kubernetes.eviction.wait-for-detach", true,
          "permissions.listNodes", true,
          "config.kubernetes.other-nodes", true);

  private static final Map<String, Object> PODS_TOO =
      Map.of("atDeadline", "leave", "config.kubernetes.eviction.pod-events", true);

  @TempDir static Path directory;
  private static final ExecutorService SEVERAL = Executors.newFixedThreadPool(Case.values().length);
  private static final Map<Case, Future<Set<Call>>> RUNS = new EnumMap<>(Case.class);

  @BeforeAll
  static void begin() {
    Shipped.with(Map.of()); // or skips
    for (Case each : Case.values()) {
      RUNS.put(
          each,
          SEVERAL.submit(() -> each.calls(Files.createDirectory(directory.resolve(each.name())))));
    }
  }

  @AfterAll
  static void end() {
    SEVERAL.shutdownNow();
  }

  @ParameterizedTest
  @EnumSource
  void worksWithTheShippedRoleAndNothingMore(Case each) throws Exception {
    Set<Call> calls = new HashSet<>(RUNS.get(each).get());
    if (each.form.equals("controller")) {
      // its watcher is the same everywhere, and only there the drainer was late
      calls.addAll(of("watcher", RUNS.get(Case.CONTROLLER).get()));
    }
    for (String part : each.parts()) {
      List<Grant> grants = each.shipped().grants(part);
      Set<Access> asked = asked(calls, part);

      assertThat(refused(asked, grants)).as("%s is refused", part).isEmpty();
      assertThat(grants)
          .as("%s asked for %s", part, words(asked))
          .isNotEmpty()
          .allSatisfy(
              one ->
                  assertThat(refused(asked, without(grants, one)))
                      .as("without %s", one)
                      .isNotEmpty());
    }
  }

  private static List<Grant> without(List<Grant> grants, Grant one) {
    return grants.stream().filter(Predicate.not(one::equals)).toList();
  }

  private static Set<Call> of(String part, Set<Call> calls) {
    return calls.stream().filter(call -> call.bearer().equals(part)).collect(Collectors.toSet());
  }

  private static Set<Access> asked(Set<Call> calls, String part) {
    return of(part, calls).stream()
        .map(Access::of)
        .flatMap(Optional::stream)
        .collect(Collectors.toSet());
  }

  private static Set<String> words(Set<Access> asked) {
    return asked.stream()
        .map(each -> each.verb() + " " + each.resource())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<Access> refused(Set<Access> asked, List<Grant> grants) {
    return asked.stream()
        .filter(each -> grants.stream().noneMatch(grant -> grant.allows(each)))
        .collect(Collectors.toSet());
  }
}

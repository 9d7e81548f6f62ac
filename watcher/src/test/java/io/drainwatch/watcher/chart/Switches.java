package io.drainwatch.watcher.chart;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The switches that change what is rendered, and every combination of them. */
record Switches(
    String form,
    boolean admissionPolicy,
    boolean networkPolicy,
    String monitoring,
    boolean hostNetwork,
    Hooks hooks,
    String atDeadline,
    String stateDirectory) {

  enum Hooks {
    NONE,
    CONFIG_MAPS,
    HOST
  }

  private static final List<Boolean> BOTH = List.of(false, true);

  static Stream<Switches> all() {
    return Stream.of("controller", "agent")
        .flatMap(form -> BOTH.stream().flatMap(admission -> of(form, admission)));
  }

  private static Stream<Switches> of(String form, boolean admission) {
    return BOTH.stream()
        .flatMap(
            network ->
                Stream.of("none", "PodMonitor", "ServiceMonitor")
                    .flatMap(monitoring -> of(form, admission, network, monitoring)));
  }

  private static Stream<Switches> of(
      String form, boolean admission, boolean network, String monitoring) {
    return BOTH.stream()
        .flatMap(
            host ->
                Stream.of(Hooks.values())
                    .flatMap(
                        hooks ->
                            Stream.of("delete-pods", "leave")
                                .flatMap(
                                    deadline ->
                                        Stream.of("emptyDir", "hostPath")
                                            .map(
                                                state ->
                                                    new Switches(
                                                        form,
                                                        admission,
                                                        network,
                                                        monitoring,
                                                        host,
                                                        hooks,
                                                        deadline,
                                                        state)))));
  }

  Values values() {
    return withHooks()
        .with("form", form)
        .with("admissionPolicy.enabled", admissionPolicy)
        .with("networkPolicy.enabled", networkPolicy)
        .with("monitoring.kind", monitoring)
        .with("watcher.hostNetwork", hostNetwork)
        .with("watcher.stateDirectory.type", stateDirectory)
        .with("atDeadline", atDeadline);
  }

  private Values withHooks() {
    return switch (hooks) {
      case NONE -> Values.least();
      case HOST -> Values.least().with("hooks.hostDirectory", "/opt/hooks.d");
      case CONFIG_MAPS ->
          Values.least()
              .with("hooks.scripts.drain", Map.of("50-queue", "#!/bin/sh\nexit 0\n"))
              .with("hooks.configMap.name", "ours")
              .with(
                  "hooks.configMap.scripts",
                  List.of(Map.of("key", "lb.sh", "hook", "cordon", "name", "10-lb")));
    };
  }
}

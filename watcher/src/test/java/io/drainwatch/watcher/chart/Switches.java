package io.drainwatch.watcher.chart;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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
    String stateDirectory,
    String scaleDown,
    boolean workloadIdentity) {

  enum Hooks {
    NONE,
    CONFIG_MAPS,
    HOST
  }

  /** Off, or its name spaces. */
  static final List<String> SCALE_DOWN = List.of("off", "own", "names", "all");

  private static final List<Boolean> BOTH = List.of(false, true);

  /**
   * Every combination; of the clean-up behind StatefulSets and of workload identity, which would
   * make them eight times as many, one value each, so that every value meets every value of each
   * other switch.
   */
  static Stream<Switches> all() {
    List<Switches> all =
        Stream.of("controller", "agent")
            .flatMap(form -> BOTH.stream().flatMap(admission -> of(form, admission)))
            .toList();
    return IntStream.range(0, all.size()).mapToObj(i -> all.get(i).withOne(i));
  }

  private Switches withOne(int index) {
    int digits = 0;
    for (int rest = index; rest > 0; rest /= SCALE_DOWN.size()) {
      digits += rest % SCALE_DOWN.size();
    }
    return new Switches(
        form,
        admissionPolicy,
        networkPolicy,
        monitoring,
        hostNetwork,
        hooks,
        atDeadline,
        stateDirectory,
        form.equals("controller") ? SCALE_DOWN.get(digits % SCALE_DOWN.size()) : "off",
        Integer.bitCount(index) % 2 == 1);
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
                                                        state,
                                                        "off",
                                                        false)))));
  }

  Values values() {
    Values values = workloadIdentity ? withIdentity(withoutScaleDown()) : withoutScaleDown();
    return switch (scaleDown) {
      case "off" -> values;
      case "names" ->
          values
              .with("scaleDown.enabled", true)
              .with("scaleDown.namespaces", List.of("shop", "own"));
      default -> values.with("scaleDown.enabled", true).with("scaleDown.namespaces", scaleDown);
    };
  }

  private Values withIdentity(Values values) {
    return values
        .with("azure.workloadIdentity.enabled", true)
        .with("azure.workloadIdentity.clientId", "00000000-0000-0000-0000-00000000000b")
        .with("config.context.resource-manager", watcherAsksAzure());
  }

  /** Only it does in form agent. */
  boolean watcherAsksAzure() {
    return workloadIdentity && (form.equals("agent") || hostNetwork);
  }

  private Values withoutScaleDown() {
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

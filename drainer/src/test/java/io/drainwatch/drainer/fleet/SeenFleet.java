package io.drainwatch.drainer.fleet;

import io.drainwatch.drainer.model.ModelBudget;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A small fleet in the middle of things, as people see it: two pools of which one Node at a time
 * may be out of service, and a Node of none.
 *
 * <ul>
 *   <li>{@code web-1} is drained, and the budget {@code shop/web} is in the way
 *   <li>{@code web-2} waits for it
 *   <li>{@code sys-1} is drained
 *   <li>{@code sys-2} had a maintenance that was cancelled
 *   <li>{@code web-3} and {@code plain} are quiet
 * </ul>
 */
public record SeenFleet(Instant now, FleetSight sight, List<Finished> finished) {
  private static final String POOL = "kubernetes.azure.com/agentpool";
  private static final String ZONE = "topology.kubernetes.io/zone";

  public static SeenFleet busy() {
    FleetRun run = new FleetRun().nodes("web-1", "web-2", "web-3", "sys-1", "sys-2", "plain");
    for (String node : List.of("web-1", "web-2", "web-3")) {
      run.cluster.label(node, POOL, "web");
      run.cluster.label(node, ZONE, "westeurope-" + node.charAt(node.length() - 1));
    }
    run.cluster.label("sys-1", POOL, "system");
    run.cluster.label("sys-2", POOL, "system");
    run.cluster.replicaSet("shop", "web", 3, pod -> {}, "web-1");
    run.cluster.addBudget(
        "shop", "web", ModelBudget.Spec.maxUnavailable(Map.of("app", "web"), "0"));
    Fleet fleet = run.leading(FleetRun.atMost(1));
    run.pass(Duration.ofSeconds(3));
    run.reboots("sys-2", "e-of-sys-2");
    run.pass(Duration.ofSeconds(2));
    run.tell("sys-2", run.note("sys-2").missing("e-of-sys-2"));
    run.pass(Duration.ofSeconds(1));
    run.tell("sys-2", run.note("sys-2").gone("e-of-sys-2"));
    run.pass(Duration.ofMinutes(2));
    run.reboots("web-1", "e-of-web-1");
    run.reboots("sys-1", "e-of-sys-1");
    run.pass(Duration.ofSeconds(1));
    run.reboots("web-2", "e-of-web-2");
    run.pass(Duration.ofMinutes(1));
    return new SeenFleet(run.cluster.now(), fleet.sight(), run.finished.newestFirst());
  }

  public NodeSight node(String name) {
    return sight.nodes().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("not seen: " + name));
  }
}

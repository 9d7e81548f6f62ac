package io.drainwatch.drainer.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.model.ModelRequest;
import io.drainwatch.drainer.model.PodFields;
import io.drainwatch.drainer.model.Verb;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * L9: the platform hits all Nodes of a cluster in the same second, and one drainer has them. {@code
 * -Ddrainwatch.herd=5000} says how many.
 */
@Isolated("measures the heap of the JVM")
class FleetHerdTest {
  private static final Logger LOG = LoggerFactory.getLogger(FleetHerdTest.class);
  private static final int NODES = Integer.getInteger("drainwatch.herd", 200);
  private static final int PER_SECOND = 50;
  private static final int BURST = 100;

  /** Watches go on by themselves; Events have a limit of their own. */
  private static final Set<Verb> NOT_COUNTED = EnumSet.of(Verb.WATCH, Verb.POST_EVENT);

  private final FleetRun run = new FleetRun();
  private final List<String> nodes = IntStream.range(0, NODES).mapToObj(i -> "n" + i).toList();

  private static String event(String node) {
    return "e-" + node;
  }

  @Test
  @DisplayName("L9 all Nodes in one second: each drains, is acknowledged and comes back, once")
  void noneIsLostAndTheApiServerIsNotFlooded() {
    long heapBefore = heapInKiB();
    for (String node : nodes) {
      run.cluster.addNode(node);
      run.tell(node, run.note(node));
      run.cluster.add(new PodFields("shop", "pod-" + node).on(node).grace(Duration.ofSeconds(1)));
    }
    run.api.requestsForPods(PER_SECOND);
    run.leading(FleetRun.settings());
    run.pass(Duration.ofSeconds(5));
    run.api.forgetRequests();
    Instant hit = run.cluster.now();
    nodes.forEach(node -> run.reboots(node, event(node)));

    Set<String> open = new HashSet<>(nodes);
    Instant last = hit;
    while (!open.isEmpty() && run.cluster.now().isBefore(hit.plus(Duration.ofMinutes(14)))) {
      run.pass(Duration.ofSeconds(1));
      last = run.cluster.now();
      open.removeIf(this::acknowledgesIfItMay);
    }
    assertThat(open).as("not acknowledged in time").isEmpty();
    List<ModelRequest> asked = List.copyOf(run.api.requests());
    Map<Long, Long> evictions =
        asked.stream()
            .filter(each -> each.verb() == Verb.EVICT)
            .collect(
                Collectors.groupingBy(each -> each.at().getEpochSecond(), Collectors.counting()));
    long heap = heapInKiB() - heapBefore;
    LOG.info(
        "{} Nodes: the last acknowledged after {}, {} requests, {} KiB more of heap with the model",
        NODES,
        Duration.between(hit, last),
        asked.size(),
        heap);
    assertThat(Duration.between(hit, last))
        .as("as fast as pods may be asked for")
        .isLessThan(Duration.ofSeconds(NODES / PER_SECOND + 30));
    assertThat(evictions.values()).allMatch(each -> each <= PER_SECOND + BURST);
    assertThat(evictions.values().stream().mapToLong(each -> each).sum())
        .as("one for each pod")
        .isEqualTo(NODES);
    assertThat(asked.stream().filter(each -> !NOT_COUNTED.contains(each.verb())).count())
        .as("n + 12 for each, and what one that waits for its turn costs each 20 s")
        .isLessThan(
            NODES * (13 + 3 * Duration.between(hit, last).dividedBy(Duration.ofSeconds(20))));
    assertThat(heap).as("heap, with the model").isLessThan(32 * 1024 + NODES * 128L);

    each(
        node ->
            run.tell(node, run.note(node).started(event(node), "Reboot").ack(event(node), 200)));
    each(run.cluster::notReady);
    run.pass(Duration.ofMinutes(2));
    each(node -> run.cluster.rebooted(node, "boot-2"));
    each(node -> run.tell(node, run.note(node).boot("boot-2").missing(event(node))));
    run.pass(Duration.ofSeconds(5));
    each(node -> run.tell(node, run.note(node).boot("boot-2").gone(event(node))));
    run.pass(Duration.ofMinutes(2));
    assertThat(nodes).noneMatch(run::isCordoned);
    assertThat(run.summaries)
        .containsExactlyInAnyOrderElementsOf(
            nodes.stream().map(node -> node + " returned").toList());
    assertThat(run.violations).isEmpty();
  }

  private void each(Consumer<String> deed) {
    new ArrayList<>(nodes).forEach(deed);
  }

  /** What its watcher does. */
  private boolean acknowledgesIfItMay(String node) {
    boolean may =
        run.is(node, MaintenanceState.DRAINED)
            && run.record(node)
                .filter(record -> record.drain().ackable().contains(event(node)))
                .isPresent();
    if (may) {
      run.tell(
          node,
          run.note(node)
              .event(event(node), "Reboot", run.cluster.now().plus(Duration.ofMinutes(15)))
              .ack(event(node), 200));
    }
    return may;
  }

  private static long heapInKiB() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) >> 10;
  }
}

package io.drainwatch.drainer.nodework;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.model.ModelRequest;
import io.drainwatch.drainer.model.PodConduct;
import io.drainwatch.drainer.model.Verb;
import io.drainwatch.drainer.promises.PromisedFigure;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Node full of pods (L9), in form {@code agent}: no budget, a grace of 0 or 1 s, 50 requests for
 * pods a second after the first hundred. {@code -Ddrainwatch.pods} says how many.
 */
class ManyPodsTest {
  private static final Logger LOG = LoggerFactory.getLogger(ManyPodsTest.class);
  private static final int PROMISED = 250;
  private static final int MOST = Integer.getInteger("drainwatch.pods", PROMISED);
  private static final int PER_SECOND = 50;

  /** Beside the pods: the settling before the first and the look after the last. */
  private static final Duration FROM_FIRST_EVICTION = Duration.ofSeconds(3);

  private static final Duration FROM_DOCUMENT = Duration.ofSeconds(11);

  private static final ScheduledEvent REBOOT = NodeRig.event("A", "Reboot", Duration.ofMinutes(15));

  /** Watches go on by themselves; Events have a limit of their own. */
  private static final Set<Verb> NOT_COUNTED = EnumSet.of(Verb.WATCH, Verb.POST_EVENT);

  /** Watch or not, each 20 s. */
  private static final Duration BETWEEN_LISTS = Duration.ofSeconds(20);

  static Stream<Integer> sizes() {
    return IntStream.of(PROMISED, MOST).distinct().boxed();
  }

  @ParameterizedTest(name = "L9 {0} pods")
  @MethodSource("sizes")
  void areGoneAsFastAsTheyMayBeAskedForAndInNoMoreRequests(int pods) {
    NodeRig rig = new NodeRig();
    for (int grace : List.of(0, 1)) {
      rig.cluster.replicaSet(
          "shop",
          "web-" + grace,
          pods / 2,
          pod ->
              pod.grace(Duration.ofSeconds(grace))
                  .conduct(PodConduct.PROMPT.stopsIn(Duration.ofSeconds(grace))),
          NodeRig.NODE);
    }
    assertThat(rig.cluster.podsOn(NodeRig.NODE)).hasSize(pods);
    rig.api.latency(Duration.ofMillis(10));
    rig.api.requestsForPods(PER_SECOND);
    rig.start().run("10S");
    Instant document = rig.cluster.now();
    rig.platform(REBOOT);
    while (rig.acknowledged.isEmpty() && rig.cluster.now().isBefore(document.plusSeconds(120))) {
      rig.run("0.1S");
    }
    Instant acknowledged = rig.cluster.now();
    assertThat(rig.acknowledged).containsExactly("A");
    assertThat(rig.cluster.podsOn(NodeRig.NODE)).isEmpty();

    List<ModelRequest> asked =
        rig.api.requests().stream().filter(each -> !each.at().isBefore(document)).toList();
    List<ModelRequest> evictions =
        asked.stream().filter(each -> each.verb() == Verb.EVICT).toList();
    Duration asking = Duration.ofSeconds(pods).dividedBy(PER_SECOND);
    LOG.info(
        "{} pods: {} from the first eviction, {} from the document, {} requests",
        pods,
        Duration.between(evictions.getFirst().at(), acknowledged),
        Duration.between(document, acknowledged),
        asked.size());
    assertThat(Duration.between(evictions.getFirst().at(), acknowledged))
        .as("from the first eviction")
        .isLessThanOrEqualTo(FROM_FIRST_EVICTION.plus(asking));
    assertThat(Duration.between(document, acknowledged))
        .as("from the document")
        .isLessThanOrEqualTo(FROM_DOCUMENT.plus(asking));
    if (pods == PROMISED) {
      PromisedFigure promised = PromisedFigure.named("F08");
      promised.holds("from the first eviction", seconds(evictions.getFirst().at(), acknowledged));
      promised.holds("from the document", seconds(document, acknowledged));
    }
    assertThat(asked.stream().filter(each -> !NOT_COUNTED.contains(each.verb())))
        .as("requests")
        .hasSizeLessThanOrEqualTo(
            pods + 12 + (int) Duration.between(document, acknowledged).dividedBy(BETWEEN_LISTS));
    assertThat(evictions).as("one for each").hasSize(pods);
    assertThat(
            rig.api.requests(Verb.WATCH).stream().filter(each -> each.target().startsWith("pods")))
        .as("one watch of the pods")
        .hasSize(1);
    assertThat(rig.unwatched).isZero();
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1000.0;
  }

  @ParameterizedTest(name = "L9 {0} pods: a server that takes a second has 20 requests at most")
  @MethodSource("sizes")
  void doNotFloodAServerThatTakesItsTime(int pods) {
    NodeRig rig = new NodeRig();
    rig.cluster.replicaSet("shop", "web", pods, pod -> {}, NodeRig.NODE);
    rig.api.latency(Duration.ofSeconds(1));
    rig.start().run("10S");
    rig.platform(REBOOT);
    int[] most = {0};
    rig.onlooker =
        () -> {
          Instant from = rig.cluster.now().minusSeconds(1);
          int lately =
              (int)
                  rig.api.requests(Verb.EVICT).stream()
                      .filter(each -> each.at().isAfter(from))
                      .count();
          most[0] = Math.max(most[0], lately);
        };
    rig.run("20S");
    assertThat(most[0]).isBetween(1, 20);
  }
}

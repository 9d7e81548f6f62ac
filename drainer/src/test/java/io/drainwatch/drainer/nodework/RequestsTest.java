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
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a drain that nothing holds up asks of the API server, in form {@code agent}. */
class RequestsTest {
  private static final ScheduledEvent REBOOT = NodeRig.event("A", "Reboot", Duration.ofMinutes(15));

  /** Watches go on by themselves; Events have a limit of their own. */
  private static final Set<Verb> NOT_COUNTED = EnumSet.of(Verb.WATCH, Verb.POST_EVENT);

  @Test
  @DisplayName(
      "n pods that nothing holds up take n + 12 requests at most until the acknowledgement")
  void asksLittle() {
    NodeRig rig = new NodeRig();
    rig.cluster.replicaSet(
        "shop",
        "web",
        50,
        pod -> pod.conduct(PodConduct.PROMPT.stopsIn(Duration.ofSeconds(1))),
        NodeRig.NODE);
    rig.api.latency(Duration.ofMillis(10));
    rig.start().run("10S");
    Instant begun = rig.cluster.now();
    rig.platform(REBOOT);
    while (rig.acknowledged.isEmpty()) {
      rig.run("0.1S");
    }
    List<ModelRequest> asked =
        rig.api.requests().stream()
            .filter(each -> !each.at().isBefore(begun))
            .filter(each -> !NOT_COUNTED.contains(each.verb()))
            .toList();
    PromisedFigure promised = PromisedFigure.named("F05");
    promised.holds("agent", asked.size() - 50);
    promised.holds(
        "watches",
        rig.api.requests(Verb.WATCH).stream()
            .filter(each -> each.target().startsWith("pods"))
            .count());
    assertThat(rig.unwatched).as("nor is the watch begun anew").isZero();
  }
}

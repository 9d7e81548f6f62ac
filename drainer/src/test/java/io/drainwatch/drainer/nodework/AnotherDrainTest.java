package io.drainwatch.drainer.nodework;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.model.ModelRequest;
import io.drainwatch.drainer.model.PodFields;
import io.drainwatch.drainer.model.Verb;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A drain that begins right after another one of the same Node. */
class AnotherDrainTest {
  private final NodeRig rig = new NodeRig();

  private List<Instant> asked() {
    return rig.api.requests().stream()
        .filter(each -> each.verb() == Verb.EVICT || each.verb() == Verb.DELETE_POD)
        .filter(each -> each.target().equals("shop/late"))
        .map(ModelRequest::at)
        .toList();
  }

  @Test
  @DisplayName("I5 what was asked for a moment ago is not asked for again within a second")
  void neverTriesAPodTwiceWithinASecond() {
    ScheduledEvent reboot = NodeRig.event("A", "Reboot", Duration.ofMinutes(15));
    rig.platform(reboot);
    rig.cluster.add(
        new PodFields("shop", "first")
            .on(NodeRig.NODE)
            .grace(Duration.ofSeconds(60))
            .stopsIn(Duration.ofSeconds(50)));
    rig.start().run("6.5S");
    rig.cluster.add(
        new PodFields("shop", "late")
            .on(NodeRig.NODE)
            .grace(Duration.ofSeconds(60))
            .stopsIn(Duration.ofSeconds(50)));
    rig.run("0.2S");
    assertThat(asked()).hasSize(1);
    Instant first = asked().getLast();
    rig.cluster.cordon(NodeRig.NODE, false);
    rig.platform(reboot, NodeRig.event("B", "Redeploy", Duration.ofSeconds(50)));
    rig.run("20S");
    List<Instant> after = asked().subList(1, asked().size());
    assertThat(after).as("too short a time for their grace: deleted by force").isNotEmpty();
    assertThat(after).allMatch(at -> !at.isBefore(first.plusSeconds(1)));
  }
}

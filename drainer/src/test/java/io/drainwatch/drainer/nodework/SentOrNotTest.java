package io.drainwatch.drainer.nodework;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.maintenance.Summary;
import io.drainwatch.drainer.model.Fault;
import io.drainwatch.drainer.model.Verb;
import io.drainwatch.drainer.nodes.NodeKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the record on the Node says of an acknowledgement, and when (form agent). */
class SentOrNotTest {
  private static final ScheduledEvent REBOOT = NodeRig.event("A", "Reboot", Duration.ofMinutes(15));

  private final NodeRig rig = new NodeRig();

  /** Acknowledged at once by default. */
  private static ScheduledEvent freeze() {
    return new ScheduledEvent(
        "F",
        true,
        "Freeze",
        EventStatus.SCHEDULED,
        EventSource.PLATFORM,
        "VirtualMachine",
        List.of(NodeRig.VM),
        Optional.of(NodeRig.START.plus(Duration.ofMinutes(15))),
        Optional.of(Duration.ofSeconds(5)),
        "",
        Optional.empty());
  }

  private String phase() {
    String record = rig.annotation(NodeKeys.RECORD).orElse("");
    int at = record.indexOf("\"phase\":\"");
    return at < 0 ? "none" : record.substring(at + 9, record.indexOf('"', at + 9));
  }

  private int patches() {
    return rig.api.requests(Verb.PATCH_NODE).size();
  }

  @Test
  @DisplayName(
      "the record says acknowledged once it is answered, and is quiet while it is not sent")
  void saysAcknowledgedOnlyAfterTheAnswer() {
    rig.acknowledges = false;
    rig.platform(REBOOT);
    rig.start().run("20S");
    assertThat(rig.acknowledged).hasSize(1);
    assertThat(phase()).isEqualTo("acknowledging");

    // the metadata service is away: ordered and not confirmed, again and again
    Set<String> phases = new TreeSet<>();
    rig.onlooker =
        () -> {
          if (!rig.acknowledged.isEmpty()) {
            rig.acknowledged.clear();
            rig.core(new Observation.AcknowledgeUnconfirmed("A"));
          }
          phases.add(phase());
        };
    rig.run("1S");
    int before = patches();
    rig.run("30S");
    assertThat(phases).containsExactly("acknowledging");
    assertThat(patches()).isEqualTo(before);

    rig.onlooker = () -> {};
    rig.acknowledges = true;
    rig.run("10S");
    assertThat(phase()).isEqualTo("acknowledged");
  }

  @Test
  @DisplayName("K74 without a journal no POST leaves before the record on the Node tells of it")
  void tellsBeforeItLeaves() {
    rig.journals = false;
    rig.api.faults().forever(Verb.PATCH_NODE, Fault.UNAVAILABLE);
    rig.platform(freeze());
    rig.start().run("60S");
    assertThat(rig.acknowledged).isEmpty();
    rig.api.faults().heal();
    rig.run("70S");
    assertThat(rig.acknowledged).containsExactly("F");
    assertThat(rig.annotation(NodeKeys.RECORD).orElseThrow()).contains("\"ackable\":[\"F\"]");
  }

  @Test
  @DisplayName("with a journal an event that waits for nobody does not wait for the API server")
  void waitsForNobodyWhereAJournalTells() {
    rig.api.faults().forever(Verb.PATCH_NODE, Fault.UNAVAILABLE);
    rig.platform(freeze());
    rig.start().run("2S");
    assertThat(rig.acknowledged).containsExactly("F");
  }

  @Test
  @DisplayName("K63 K74 without a journal: a Freeze that was approved ran, though the daemon died")
  void takesWhatMayHaveBeenApprovedForRun() {
    rig.journals = false;
    rig.acknowledges = false;
    rig.platform(freeze());
    rig.start().run("10S");
    assertThat(rig.acknowledged).containsExactly("F");
    rig.kill();
    rig.platform();
    rig.startAs("watcher-2").run("7M");
    assertThat(rig.summaries).extracting(Summary::ending).containsExactly(Summary.Ending.RETURNED);
  }

  @Test
  @DisplayName("K63 K74 the same of a Reboot that was drained for")
  void takesAnApprovedRebootForRun() {
    rig.journals = false;
    rig.acknowledges = false;
    rig.platform(REBOOT);
    rig.start().run("20S");
    assertThat(rig.acknowledged).containsExactly("A");
    assertThat(phase()).isEqualTo("acknowledged");
    rig.kill();
    rig.platform();
    rig.startAs("watcher-2").run("7M");
    assertThat(rig.summaries).extracting(Summary::ending).containsExactly(Summary.Ending.RETURNED);
  }

  @Test
  @DisplayName("what cannot be confirmed is tried again after 5 s, not each second")
  void triesAgainAtAPace() {
    rig.acknowledges = false;
    rig.platform(REBOOT);
    rig.start().run("20S");
    List<String> tried = new ArrayList<>();
    rig.onlooker =
        () -> {
          tried.addAll(rig.acknowledged);
          if (!rig.acknowledged.isEmpty()) {
            rig.acknowledged.clear();
            rig.core(new Observation.AcknowledgeUnconfirmed("A"));
          }
        };
    rig.run("30S");
    assertThat(tried).hasSizeBetween(6, 7);
  }
}

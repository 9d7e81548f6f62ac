package io.drainwatch.watcher.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Events;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.ScriptOutcome;
import io.drainwatch.drainer.maintenance.VirtualVm;
import org.junit.jupiter.api.Test;

/** What is kept of a maintenance for whoever looks. */
class EpisodeTraceTest {
  private final MaintenanceFeed feed = new MaintenanceFeed(() -> VirtualVm.START);
  private final Story story = new Story(feed).begin();

  @Test
  void isEmptyWhileNothingHappens() {
    assertThat(feed.seen()).isSameAs(EpisodeTrace.Seen.NOTHING);
    story.document();
    assertThat(feed.seen()).isSameAs(EpisodeTrace.Seen.NOTHING);
  }

  @Test
  void keepsTheLastLinesOfEachScriptThoughNobodyListens() {
    story.script(Hook.DRAIN, "10-a", new ScriptOutcome.Exited(75)).document(Events.reboot("A"));
    for (int line = 0; line < 30; line++) {
      feed.scriptSaid(Hook.DRAIN, "10-a", line + "x".repeat(1000));
    }
    EpisodeTrace.ScriptTrace trace = feed.seen().of("drain", "10-a").orElseThrow();
    assertThat(trace.lines()).hasSize(EpisodeTrace.MOST_LINES);
    assertThat(trace.lines().getFirst())
        .startsWith("10x")
        .hasSizeLessThan(EpisodeTrace.LONGEST_LINE + 10);
    assertThat(trace.before()).isEqualTo(10);
    assertThat(trace.last().orElseThrow().result()).isEqualTo("recalled");
    assertThat(feed.seen().notices()).anyMatch(notice -> notice.reason().equals("event_seen"));
  }

  @Test
  void isBounded() {
    for (int script = 0; script < 1000; script++) {
      feed.scriptSaid(Hook.DRAIN, "s" + script, "line");
      feed.scriptStarted("A/vm1", Hook.DRAIN, "s" + script, 1);
    }
    assertThat(feed.seen().scripts()).hasSize(EpisodeTrace.MOST_SCRIPTS);
    EpisodeTrace trace = new EpisodeTrace();
    for (int at = 0; at < 100; at++) {
      trace.happened(
          new Happening.Notice(VirtualVm.START, "A/vm1", "waiting", "it waits", "" + at, false));
    }
    assertThat(trace.seen().notices()).hasSize(EpisodeTrace.MOST_NOTICES);
    assertThat(trace.seen().notices().getFirst().detail()).isEqualTo("99");
  }

  @Test
  void beginsAnewWithTheNextMaintenanceAndNotBefore() {
    story
        .script(Hook.DRAIN, "10-a", new ScriptOutcome.Exited(0))
        .document(Events.reboot("A"))
        .document(Events.reboot("A").started())
        .document()
        .document();
    feed.scriptSaid(Hook.DRAIN, "10-a", "of A");
    assertThat(feed.seen().of("drain", "10-a")).isPresent();
    story.document(Events.reboot("B"));
    assertThat(feed.seen().of("drain", "10-a").orElseThrow().lines()).isEmpty();
  }
}

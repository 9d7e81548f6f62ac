package io.drainwatch.watcher.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Events;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.ScriptOutcome;
import io.drainwatch.drainer.maintenance.VirtualVm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaintenanceFeedTest {
  private final MaintenanceFeed feed = new MaintenanceFeed(() -> VirtualVm.START);
  private final List<String> heard = new ArrayList<>();
  private final MaintenanceFeed.Listener listener = happening -> heard.add(tell(happening));
  private final Story story = new Story(feed).begin();

  private static String tell(Happening happening) {
    return happening.name()
        + switch (happening) {
          case Happening.Transition transition -> " " + transition.state();
          case Happening.Notice notice -> " " + notice.reason();
          case Happening.ScriptStarted started -> " " + started.hook() + "/" + started.script();
          case Happening.ScriptEnded ended ->
              " " + ended.result() + " " + ended.exitCode().orElse(-1) + " " + ended.seconds();
          case Happening.Acknowledgement answer -> " " + answer.eventId() + " " + answer.result();
          case Happening.Ended ended -> " " + ended.summary().path("ending").asText();
        };
  }

  @Test
  void tellsAWholeMaintenanceInOrder() {
    feed.listen(listener);
    story
        .script(Hook.DRAIN, "10-a", new ScriptOutcome.Exited(0))
        .document(Events.reboot("A"))
        .document(Events.reboot("A").started())
        .document()
        .document();
    assertThat(heard)
        .filteredOn(line -> !line.startsWith("notice"))
        .containsExactly(
            "transition MaintenanceScheduled",
            "transition Cordoned",
            "transition Draining",
            "script-started drain/10-a",
            "script-ended ok 0 1.0",
            "transition Drained",
            "acknowledgement A accepted",
            "transition MaintenanceStarted",
            "transition Running",
            "transition Uncordoned",
            "ended RETURNED");
    assertThat(heard).contains("notice event_seen", "notice acknowledged");
  }

  @Test
  void tellsNothingToWhoHasLeft() {
    feed.listen(listener);
    feed.stopListening(listener);
    story.document(Events.reboot("A"));
    assertThat(heard).isEmpty();
  }

  @Test
  void writesEachHappeningOnOneLine() {
    List<String> lines = new ArrayList<>();
    feed.listen(happening -> lines.add(StatusJson.write(happening)));
    story
        .script(Hook.DRAIN, "10-a\n\"x", new ScriptOutcome.NotStarted("no\r\nsuch file"))
        .document(Events.reboot("A"));
    assertThat(lines).isNotEmpty().noneMatch(line -> line.contains("\n") || line.contains("\r"));
  }
}

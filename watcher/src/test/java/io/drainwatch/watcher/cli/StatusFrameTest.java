package io.drainwatch.watcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.drainwatch.drainer.maintenance.Events;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.ScriptOutcome;
import io.drainwatch.watcher.operator.StatusReading;
import io.drainwatch.watcher.operator.Watched;
import io.drainwatch.watcher.report.MaintenanceStatus;
import io.drainwatch.watcher.report.Story;
import io.drainwatch.watcher.terminal.Line;
import io.drainwatch.watcher.terminal.Size;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusFrameTest {
  private static final Size LARGE = new Size(120, 60);
  private static final URI ADDRESS = URI.create("http://127.0.0.1:9797");

  private final Story story = new Story();

  private MaintenanceStatus status() {
    return MaintenanceStatus.of(
        "1.2.3",
        story.watch(),
        (episode, tracked) -> Optional.of("it is not drained yet"),
        Optional.empty(),
        Optional.empty(),
        story.now());
  }

  private Watched watched() {
    return Watched.NOTHING.then(
        new StatusReading.FromDaemon(ADDRESS, status(), JsonNodeFactory.instance.objectNode()),
        story.now());
  }

  private void drain() {
    story
        .script(Hook.CORDON, "10-balancer", new ScriptOutcome.Exited(0))
        .script(Hook.DRAIN, "20-jobs", new ScriptOutcome.Exited(75))
        .begin()
        .after("1S")
        .document(Events.reboot("A"));
  }

  private static List<String> text(Watched watched, Instant now, Size size) {
    return StatusFrame.of(new StatusFrame.Seen(watched, now, size)).stream()
        .map(Line::text)
        .toList();
  }

  @Test
  void showsStateTimeLeftEventsAndHooks() {
    drain();
    List<String> lines = text(watched(), story.now(), LARGE);

    assertThat(lines.getFirst()).startsWith("Drainwatch  vm1").hasSize(120);
    assertThat(lines)
        .contains("Daemon at http://127.0.0.1:9797", "  not acknowledged: it is not drained yet")
        .anyMatch(line -> line.matches("Draining for 0s, 13m59s left \\(.*Z\\)"))
        .anyMatch(line -> line.matches("Reboot Scheduled, not before .*Z, by Platform, rule .*A"))
        .anyMatch(line -> line.matches(" {2}cordon/10-balancer +done"))
        .anyMatch(line -> line.matches(" {2}drain/20-jobs +not finished; called again"));
  }

  @Test
  void theTimeGoesOnBetweenTwoAnswers() {
    drain();
    Watched watched = watched();

    assertThat(text(watched, story.now().plusSeconds(100), LARGE))
        .anyMatch(line -> line.startsWith("Draining for 1m40s, 12m19s left"));
    assertThat(text(watched, story.now().plusSeconds(1000), LARGE))
        .anyMatch(line -> line.contains("deadline passed 2m"));
  }

  @Test
  void saysSinceWhenTheDaemonIsSilentAndWhatThereIsInstead() {
    drain();
    Watched watched =
        watched()
            .then(new StatusReading.FromRecord("connection refused", status()), story.now())
            .then(
                new StatusReading.FromRecord("connection refused", status()),
                story.now().plusSeconds(5));

    List<String> lines = text(watched, story.now().plusSeconds(7), LARGE);
    assertThat(lines.get(1))
        .matches("Not reachable since .*Z, 7s ago; below is its record \\(connection refused\\)");
    assertThat(lines).anyMatch(line -> line.startsWith("Draining for 7s"));

    Watched unreadable =
        watched().then(new StatusReading.Nothing("refused", "not yours"), story.now());
    assertThat(text(unreadable, story.now(), LARGE).get(1)).contains("below is what it said last");
    assertThat(text(unreadable, story.now(), LARGE))
        .anyMatch(line -> line.startsWith("Draining for"));
    assertThat(text(Watched.NOTHING, story.now(), LARGE)).hasSize(2);
  }

  @Test
  void fitsEveryTerminalAndKeepsWhatMattersMost() {
    drain();
    Watched watched = watched();
    int whole = text(watched, story.now(), new Size(200, 200)).size();
    for (int columns = 1; columns <= 130; columns += 3) {
      for (int rows = 1; rows <= whole + 1; rows++) {
        Size size = new Size(columns, rows);
        List<Line> lines = StatusFrame.of(new StatusFrame.Seen(watched, story.now(), size));
        assertThat(lines).as("%s", size).hasSizeLessThanOrEqualTo(rows).isNotEmpty();
        assertThat(lines).as("%s", size).allMatch(line -> line.width() <= size.columns());
      }
    }
    assertThat(text(watched, story.now(), new Size(120, 5)))
        .anyMatch(line -> line.startsWith("Draining for"))
        .last()
        .asString()
        .matches("and \\d+ more: drainwatch status");
    assertThat(text(watched, story.now(), new Size(120, 9)))
        .noneMatch(line -> line.contains("10-balancer"))
        .anyMatch(line -> line.contains("20-jobs"));
  }

  @Test
  void whatChangesAllTheTimeIsNoNews() {
    drain();
    Watched before = watched();
    story.after("3S");
    Watched after = watched();

    assertThat(after).isNotEqualTo(before);
    assertThat(after.atRest()).isEqualTo(before.atRest());
    story.after("30S").document();
    assertThat(watched().atRest()).isNotEqualTo(before.atRest());
  }

  @Test
  void aTextOfThePlatformSteersNothing() {
    drain();
    Watched hostile =
        watched()
            .then(
                new StatusReading.Nothing("\u001b[2J\u202eevil\r\n", ""),
                story.now().plus(Duration.ofDays(2)));
    assertThat(text(hostile, story.now(), LARGE))
        .allMatch(line -> line.chars().noneMatch(Character::isISOControl))
        .noneMatch(line -> line.contains("\u202e"));
  }
}

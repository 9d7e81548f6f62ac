package io.drainwatch.watcher.statuspage;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.Events;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.Lifecycle;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.maintenance.ScriptOutcome;
import io.drainwatch.drainer.maintenance.Summary;
import io.drainwatch.drainer.maintenance.VirtualVm;
import io.drainwatch.drainer.record.EpisodeJson;
import io.drainwatch.watcher.events.AcknowledgeAnswer;
import io.drainwatch.watcher.events.ClientState;
import io.drainwatch.watcher.events.ErrorKind;
import io.drainwatch.watcher.events.MetadataStatus;
import io.drainwatch.watcher.report.Happening;
import io.drainwatch.watcher.report.Health;
import io.drainwatch.watcher.report.MaintenanceFeed;
import io.drainwatch.watcher.report.MaintenanceStatus;
import io.drainwatch.watcher.report.Story;
import io.drainwatch.watcher.statuspage.Step.Progress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the page of a VM says, told by the real core. */
class StatusPageTest {
  private static final Lifecycle LIFECYCLE = new Lifecycle(LifecycleSettings.defaults());
  private static final Instant NOW = VirtualVm.START.plusSeconds(40);

  private final MaintenanceFeed feed = new MaintenanceFeed(() -> VirtualVm.START);
  private final List<Summary> past = new ArrayList<>();
  private final Story story = new Story(feed).begin();
  private final StatusPage page = new StatusPage();
  private boolean showsOutput = true;

  StatusPageTest() {
    feed.listen(
        happening -> {
          if (happening instanceof Happening.Ended(var at, var summary)) {
            EpisodeJson.readSummary(summary).ifPresent(past::add);
          }
        });
  }

  private Known known() {
    return new Known(
        MaintenanceStatus.of(
            "1.2.3",
            story.watch(),
            LIFECYCLE::whyNotAcknowledged,
            Optional.of(
                new MetadataStatus(
                    ClientState.OK, "2020-07-01", true, Optional.of(VirtualVm.START), 0)),
            Optional.empty(),
            NOW),
        new Health("UP", List.of()),
        feed.seen(),
        past,
        Optional.empty(),
        showsOutput);
  }

  private StatusView view() {
    return StatusView.of(known());
  }

  private Map<String, Step> steps() {
    return view().steps().stream().collect(Collectors.toMap(Step::name, Function.identity()));
  }

  private List<String> are(Progress progress) {
    return view().steps().stream()
        .filter(step -> step.progress() == progress)
        .map(Step::name)
        .toList();
  }

  @Test
  void saysThatNothingIsGoingOnAndWhatCanBeDone() {
    assertThat(page.whole(known()))
        .contains("<title>In service: vm1</title>", "No maintenance")
        .contains("drainwatch drain", "No maintenance is over yet.")
        .doesNotContain("id=\"timeline\"");
  }

  @Test
  void showsEachStateInItsTurn() {
    List<String> seen = new ArrayList<>();
    feed.listen(
        happening -> {
          if (happening instanceof Happening.Transition transition) {
            seen.add(transition.state());
          }
        });
    story.document(Events.reboot("A"));
    assertThat(are(Progress.NOW)).containsExactly("Drained");
    assertThat(are(Progress.DONE))
        .containsExactly("MaintenanceScheduled", "Cordoned", "Draining", "Acknowledged");
    assertThat(are(Progress.NEXT)).containsExactly("MaintenanceStarted", "Running", "Uncordoned");
    story.document(Events.reboot("A").started());
    assertThat(are(Progress.NOW)).containsExactly("MaintenanceStarted");
    story.document().document();
    assertThat(view().steps()).isEmpty();
    assertThat(seen)
        .containsExactlyElementsOf(
            Arrays.stream(MaintenanceState.values()).map(MaintenanceState::word).toList());
    assertThat(view().past())
        .singleElement()
        .satisfies(
            over -> {
              assertThat(over.types()).isEqualTo("Reboot");
              assertThat(over.ending().text()).isEqualTo("returned");
              assertThat(over.acknowledged()).isEqualTo("yes");
              assertThat(over.states()).hasSize(7);
            });
  }

  @Test
  void tellsHowLongIsLeftAndWhatComesNext() {
    story.script(Hook.DRAIN, "10-a", new ScriptOutcome.Exited(75)).document(Events.reboot("A"));
    assertThat(view().now().left().orElseThrow().text()).isEqualTo("13 min 20 s left");
    assertThat(view().now().next()).startsWith("When all of it is done the machine is drained");
    assertThat(view().say()).startsWith("Draining. Reboot. When all of it");
    assertThat(page.fragment(known()))
        .contains("data-until=\"" + VirtualVm.START.plusSeconds(840).toEpochMilli() + "\"")
        .contains("13 min 20 s left");
  }

  @Test
  void showsHooksWithTheTailsOfTheirOutput() {
    story.script(Hook.DRAIN, "10-a", new ScriptOutcome.Exited(1)).document(Events.reboot("A"));
    for (int line = 1; line <= 25; line++) {
      feed.scriptSaid(Hook.DRAIN, "10-a", "line " + line);
    }
    ScriptView script = steps().get("Draining").hooks().getLast().scripts().getFirst();
    assertThat(script.name()).isEqualTo("10-a");
    assertThat(script.badge().text()).isEqualTo("failed");
    assertThat(script.detail()).contains("took 1 s");
    assertThat(script.output().orElseThrow()).startsWith("line 6\n").endsWith("line 25");
    assertThat(script.outputNote()).isEqualTo("5 more lines before these, in the log");
    assertThat(script.open()).isTrue();
  }

  @Test
  void showsNoOutputToWhoIsElsewhere() {
    showsOutput = false;
    story.script(Hook.DRAIN, "10-a", new ScriptOutcome.Exited(0)).document(Events.reboot("A"));
    feed.scriptSaid(Hook.DRAIN, "10-a", "the-password");
    assertThat(page.whole(known()))
        .contains("<code>10-a</code>", "only this machine can look")
        .doesNotContain("the-password");
  }

  @Test
  void escapesAndBoundsWhateverComesFromOutside() {
    String evil = "<script>alert(1)</script>\"'&" + "x".repeat(5000);
    ScheduledEvent told = Events.reboot("A").event();
    story
        .script(Hook.DRAIN, "<b>10-a</b>", new ScriptOutcome.Exited(1))
        .document(Events.of("<i>Reboot</i>", "<u>A</u>"));
    feed.scriptSaid(Hook.DRAIN, "<b>10-a</b>", evil);
    assertThat(told.id()).isEqualTo("A");
    String html = page.whole(known());
    assertThat(html)
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;xxx")
        .contains("&lt;i&gt;Reboot&lt;/i&gt;", "&lt;b&gt;10-a&lt;/b&gt;", "&lt;u&gt;A&lt;/u&gt;")
        .doesNotContain("<script>", "<b>10-a", "<i>Re", "<u>A", "x".repeat(501));
  }

  @Test
  void tellsWhyAnEventIsNotAcknowledged() {
    story.document(Events.of("SpotRebalanceRecommendation", "A"));
    assertThat(steps().get("Acknowledged").progress()).isEqualTo(Progress.SKIPPED);
    assertThat(steps().get("Acknowledged").said())
        .singleElement()
        .asString()
        .contains("is never acknowledged, by rule");
  }

  @Test
  void tellsThatAnAcknowledgementDidNotGoThrough() {
    story.acknowledgement =
        new AcknowledgeAnswer.Unclear(
            ErrorKind.TIMEOUT, OptionalInt.empty(), "no answer", Optional.empty());
    story.document(Events.reboot("A"));
    assertThat(steps().get("Acknowledged").progress()).isEqualTo(Progress.NEXT);
    assertThat(view().notices()).anyMatch(notice -> notice.text().contains("did not go through"));
  }

  @Test
  void skipsWhatACancellationLeavesOut() {
    story
        .script(Hook.DRAIN, "10-a", new ScriptOutcome.Exited(75))
        .document(Events.reboot("A"))
        .script(Hook.CANCELLED, "10-c", new ScriptOutcome.Exited(75))
        .document()
        .document();
    if (!view().steps().isEmpty()) { // the hook of the cancellation holds it
      assertThat(are(Progress.SKIPPED)).contains("Drained", "Acknowledged", "MaintenanceStarted");
      assertThat(view().now().next()).contains("cancelled");
    } else {
      assertThat(view().past().getFirst().ending().text()).isEqualTo("cancelled");
    }
  }

  @Test
  void saysHowADrainByHandIsEnded() {
    story.observe(new Observation.OperatorDrain("id", "Reboot", Optional.empty()));
    assertThat(view().now().headline()).isEqualTo("Reboot by hand, on this machine");
    assertThat(view().now().next()).contains("drainwatch resume");
    assertThat(view().commands().getFirst().line()).isEqualTo("drainwatch resume");
    assertThat(are(Progress.SKIPPED)).contains("Acknowledged", "MaintenanceStarted");
  }

  @Test
  void aFreezeThatIsOnlyObservedIsNotDrained() {
    story.document(Events.freeze("A", 30));
    assertThat(are(Progress.NOW)).containsExactly("MaintenanceScheduled");
    assertThat(are(Progress.SKIPPED)).contains("Cordoned", "Draining", "Drained");
    assertThat(view().now().next()).contains("only observes");
  }

  @Test
  void everyStateAndSourceHasItsWords() {
    for (MaintenanceState state : MaintenanceState.values()) {
      assertThat(io.drainwatch.watcher.pages.Badge.ofState(state.word()).tone())
          .isNotEqualTo(io.drainwatch.watcher.pages.Tone.CALM);
    }
    for (EventSource source : EventSource.values()) {
      story.document(Events.reboot("A").from(source));
      assertThat(view().now().headline()).startsWith("Reboot");
    }
  }

  @Test
  void tellsWhatKeepsItFromItsWork() {
    Known degraded =
        new Known(
            known().status(),
            new Health("DOWN", List.of(new Health.Reason("degraded", "5 calls failed in a row"))),
            feed.seen(),
            List.of(),
            Optional.of("The history cannot be read; the log says why."),
            true);
    assertThat(page.whole(degraded))
        .contains("<p class=\"alarm\">5 calls failed in a row</p>", "The history cannot be read");
  }
}

package io.drainwatch.watcher.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Events;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.ScriptOutcome;
import io.drainwatch.drainer.maintenance.Transition;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.drainer.tracing.MaintenanceSpans;
import io.drainwatch.drainer.tracing.Span;
import io.drainwatch.drainer.tracing.TraceId;
import io.drainwatch.drainer.tracing.TraceParent;
import io.drainwatch.watcher.daemon.Witness;
import io.drainwatch.watcher.report.Story;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaintenanceSpansTest {
  private final List<Span> spans = new ArrayList<>();
  private final Story story =
      new Story(
          new Witness() {
            @Override
            public void stepped(Step step) {
              spans.addAll(
                  MaintenanceSpans.of(
                      step.before(), step.observation(), step.transition(), step.at()));
            }
          });

  private Span span(String name) {
    List<Span> named = spans.stream().filter(each -> each.name().equals(name)).toList();
    assertThat(named).as("%s in %s", name, names()).hasSize(1);
    return named.getFirst();
  }

  private List<String> names() {
    return spans.stream().map(Span::name).toList();
  }

  private void wholeMaintenance() {
    story
        .script(Hook.CORDON, "10-balancer", new ScriptOutcome.Exited(0))
        .script(Hook.DRAIN, "20-jobs", new ScriptOutcome.Exited(0))
        .begin()
        .after("1S")
        .document(Events.reboot("A"))
        .after("1M")
        .document(Events.reboot("A").started())
        .after("2M")
        .document()
        .after("1S")
        .document();
  }

  @Test
  void aMaintenanceIsOneTraceWithASpanForEachStateHookAndScript() {
    wholeMaintenance();

    Span whole = span("maintenance Reboot");
    assertThat(spans).allMatch(span -> span.trace().equals(TraceId.of("A/vm1")));
    assertThat(whole.trace().hex()).matches("[0-9a-f]{32}");
    assertThat(whole.id().hex()).matches("[0-9a-f]{16}");
    assertThat(whole.parent()).isEmpty();
    assertThat(whole.fault()).isEmpty();
    assertThat(whole.attributes())
        .containsEntry("drainwatch.outcome", "returned")
        .containsEntry("drainwatch.acknowledged", true)
        .containsEntry("drainwatch.scripts.succeeded", 2L);
    for (MaintenanceState state : MaintenanceState.values()) {
      assertThat(span(state.word()).parent()).contains(whole.id());
    }
    assertThat(span("hook drain").parent()).contains(span("Draining").id());
    assertThat(span("drain/20-jobs").parent()).contains(span("hook drain").id());
    assertThat(span("drain/20-jobs").attributes())
        .containsEntry("process.exit.code", 0L)
        .containsEntry("drainwatch.script", "20-jobs")
        .containsEntry("drainwatch.event.type", "Reboot");
    assertThat(spans.stream().map(Span::id)).doesNotHaveDuplicates();
    assertThat(spans)
        .allMatch(span -> span.parent().isEmpty() || !span.from().isBefore(whole.from()))
        .allMatch(span -> !span.to().isAfter(whole.to()));
  }

  @Test
  void statesFollowOneAnotherWithoutAGap() {
    wholeMaintenance();

    MaintenanceState[] states = MaintenanceState.values();
    for (int i = 1; i < states.length; i++) {
      assertThat(span(states[i].word()).from()).isEqualTo(span(states[i - 1].word()).to());
    }
    Span started = span("MaintenanceStarted");
    assertThat(Duration.between(started.from(), started.to()))
        .isBetween(Duration.ofMinutes(2), Duration.ofSeconds(125));
  }

  @Test
  void aScriptThatFailedIsAFaultWithItsReason() {
    story
        .script(Hook.DRAIN, "20-jobs", new ScriptOutcome.Exited(3))
        .begin()
        .document(Events.reboot("A"));

    assertThat(span("drain/20-jobs").fault())
        .hasValueSatisfying(why -> assertThat(why).contains("3"));
    assertThat(span("drain/20-jobs").attributes())
        .containsEntry("process.exit.code", 3L)
        .containsEntry("drainwatch.outcome", "failed");
    assertThat(span("hook drain").fault()).contains("1 of its scripts failed");
  }

  @Test
  void whoGoesOnAfterARestartGoesOnWithTheSameTrace() {
    story.begin().document(Events.reboot("A"));
    Episode record = story.watch().episode().orElseThrow();
    List<Span> before = List.copyOf(spans);
    spans.clear();

    // the record alone is left
    Instant began = record.entered().get(MaintenanceState.DRAINED);
    story
        .observe(new Observation.DaemonStarted(Story.VM1))
        .after("1M")
        .document(Events.reboot("A").started());

    assertThat(span("Drained").trace()).isEqualTo(before.getFirst().trace());
    assertThat(span("Drained").from()).isEqualTo(began);
    assertThat(span("Drained").to()).isEqualTo(story.now());
    assertThat(before.stream().map(Span::name)).doesNotContain("Drained");
  }

  @Test
  void whatEndedRightBeforeADeathIsToldAgainUnderTheSameIds() {
    wholeMaintenance();
    List<Span> states =
        spans.stream()
            .filter(span -> !span.name().contains("/"))
            .filter(span -> !span.name().startsWith("hook"))
            .toList();
    Story open = new Story().begin().document(Events.reboot("A"));
    Episode episode = open.watch().episode().orElseThrow();

    assertThat(MaintenanceSpans.again(episode, open.now().minusSeconds(300)))
        .extracting(Span::name)
        .containsExactly("MaintenanceScheduled", "Cordoned", "Draining");
    assertThat(MaintenanceSpans.again(episode, open.now().plusSeconds(1))).isEmpty();
    assertThat(states).hasSize(8);
  }

  @Test
  void aScriptIsToldUnderWhichSpanItRuns() {
    wholeMaintenance();
    Span script = span("drain/20-jobs");

    assertThat(TraceParent.of("A/vm1", Hook.DRAIN, "20-jobs"))
        .isEqualTo("00-" + script.trace().hex() + "-" + script.id().hex() + "-01");
  }

  @Test
  void nothingIsToldOfARecordThatMayBeAnotherMachines() {
    Story other = new Story().begin().document(Events.reboot("A"));
    Watch found = Watch.resumedFrom(other.watch().episode());

    assertThat(found.machine()).isEmpty();
    assertThat(
            MaintenanceSpans.of(
                Watch.idle(),
                new Observation.Recorded(),
                new Transition(found, List.of()),
                story.now()))
        .isEmpty();
  }
}

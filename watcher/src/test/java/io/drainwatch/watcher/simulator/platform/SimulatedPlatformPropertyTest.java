package io.drainwatch.watcher.simulator.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.watcher.simulator.platform.SimulatedEvent.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds after every step of random histories. */
class SimulatedPlatformPropertyTest {

  private static final Instant START = Instant.parse("2026-06-01T08:00:00Z");

  /** One step: some seconds pass (or the clock goes back), then something is done to an event. */
  record Step(int seconds, String verb, int event, EventPlan plan) {}

  @Property(tries = 500)
  void anEventNeverMovesBackwardsAndKeepsItsId(@ForAll("histories") List<Step> history) {
    SimulatedPlatform platform = start();
    Map<String, SimulatedEvent> seen = new HashMap<>();
    Instant now = START;
    int next = 0;
    for (Step step : history) {
      now = now.plusSeconds(step.seconds());
      platform = apply(platform, step, now, next++).platform();
      for (SimulatedEvent event : platform.events()) {
        SimulatedEvent before = seen.put(event.id(), event);
        if (before != null) {
          assertThat(event.stage()).isGreaterThanOrEqualTo(before.stage());
          assertThat(event.plan()).isEqualTo(before.plan());
          assertThat(event.notBefore()).isEqualTo(before.notBefore());
        }
        assertThat(event.stage()).isIn(Stage.SCHEDULED, Stage.STARTED);
      }
      for (SimulatedEvent gone : platform.ended()) {
        assertThat(platform.find(gone.id())).isEmpty();
        assertThat(gone.stage()).isIn(Stage.GONE, Stage.CANCELLED);
      }
    }
  }

  @Property(tries = 500)
  void theIncarnationCountsTheChangesOfTheDocument(@ForAll("histories") List<Step> history) {
    SimulatedPlatform platform = start();
    Instant now = START;
    int next = 0;
    for (Step step : history) {
      now = now.plusSeconds(step.seconds());
      JsonNode before = content(platform);
      Outcome.Done done = apply(platform, step, now, next++);
      JsonNode after = content(done.platform());

      long grown = done.platform().incarnation() - platform.incarnation();
      assertThat(grown)
          .isEqualTo(
              done.changes().stream().filter(SimulatedPlatformPropertyTest::isOfDocument).count());
      if (grown == 0) {
        assertThat(after).isEqualTo(before);
      } else if (grown == 1) {
        assertThat(after).isNotEqualTo(before);
      }
      platform = done.platform();
    }
  }

  @Property(tries = 500)
  void acknowledgingTwiceIsHarmless(@ForAll("histories") List<Step> history) {
    SimulatedPlatform platform = start();
    Instant now = START;
    int next = 0;
    for (Step step : history) {
      now = now.plusSeconds(step.seconds());
      platform = apply(platform, step, now, next++).platform();
      for (SimulatedEvent event : platform.events()) {
        if (event.isAcknowledged()
            && platform.acknowledge(List.of(event.id(), event.id()), "again", now)
                instanceof Outcome.Done(var after, var changes)) {
          assertThat(after).isEqualTo(platform);
          assertThat(changes).isEmpty();
        }
      }
    }
  }

  @Property(tries = 300)
  void lookingOftenerChangesNothing(@ForAll("histories") List<Step> history) {
    SimulatedPlatform seldom = start();
    SimulatedPlatform often = start();
    Instant now = START;
    int next = 0;
    for (Step step : history) {
      for (int second = 0; second < step.seconds(); second++) {
        often = often.at(now.plusSeconds(second)).platform();
      }
      now = now.plusSeconds(step.seconds());
      seldom = apply(seldom, step, now, next).platform();
      often = apply(often, step, now, next++).platform();
      assertThat(often).isEqualTo(seldom);
    }
  }

  private static SimulatedPlatform start() {
    return SimulatedPlatform.of(List.of(SimulatedVm.named("vm1"), SimulatedVm.named("vm2")));
  }

  private static Outcome.Done apply(SimulatedPlatform platform, Step step, Instant now, int next) {
    Outcome.Done due = platform.at(now);
    SimulatedPlatform at = due.platform();
    String event = "E" + step.event();
    Outcome outcome =
        switch (step.verb()) {
          case "schedule" ->
              at.schedule(step.plan(), "E" + next, List.of("vm" + (1 + next % 2)), now);
          case "acknowledge" -> at.acknowledge(List.of(event), "vm1", now);
          case "cancel" -> at.cancel(event, now);
          case "start" -> at.startNow(event, now);
          case "end" -> at.endNow(event, now);
          default -> new Outcome.Unknown("nothing");
        };
    if (outcome instanceof Outcome.Done(var after, var changes)) {
      return new Outcome.Done(
          after, Stream.concat(due.changes().stream(), changes.stream()).toList());
    }
    return due;
  }

  private static boolean isOfDocument(SimulatedChange change) {
    return switch (change) {
      case SimulatedChange.EventScheduled ignored -> true;
      case SimulatedChange.EventStarted ignored -> true;
      case SimulatedChange.EventGone ignored -> true;
      case SimulatedChange.EventCancelled ignored -> true;
      case SimulatedChange.EventAcknowledged ignored -> false;
      case SimulatedChange.VmGone ignored -> false;
      case SimulatedChange.VmBack ignored -> false;
      case SimulatedChange.OrderRefused ignored -> false;
    };
  }

  private static JsonNode content(SimulatedPlatform platform) {
    return EventDocument.of(platform, ApiVersion.V2024_07_09, DateStyle.RFC_1123).path("Events");
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    Arbitrary<EventPlan> plans =
        Combinators.combine(
                Arbitraries.of(
                    "Freeze",
                    "Reboot",
                    "Redeploy",
                    "Preempt",
                    "Terminate",
                    "SpotRebalanceRecommendation",
                    "Novelty"),
                Arbitraries.integers().between(0, 60),
                Arbitraries.integers().between(0, 20),
                Arbitraries.integers().between(0, 60),
                Arbitraries.integers().between(0, 5))
            .as(
                (type, notice, approval, started, kind) -> {
                  EventPlan.Builder plan =
                      EventPlan.ofType(type)
                          .notice(Duration.ofSeconds(notice))
                          .approvalDelay(Duration.ofSeconds(approval))
                          .startedFor(Duration.ofSeconds(started));
                  if (kind == 0 && !type.startsWith("Spot")) {
                    plan.startsAtOnce();
                  } else if (kind == 1) {
                    plan.cancelAfter(Duration.ofSeconds(notice / 2));
                  }
                  return plan.build();
                });
    return Combinators.combine(
            Arbitraries.integers().between(0, 30),
            Arbitraries.of("schedule", "schedule", "acknowledge", "cancel", "start", "end", "wait"),
            Arbitraries.integers().between(0, 12),
            plans)
        .as(Step::new)
        .list()
        .ofMaxSize(30);
  }
}

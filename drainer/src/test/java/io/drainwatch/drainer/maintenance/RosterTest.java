package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Which of too many events gives way. */
class RosterTest {
  private static final Rule RULE = Rules.settings().policy().ruleFor(Events.reboot("A").event());
  private static final TrackedEvent URGENT = tracked(Events.preempt("P"));

  private static TrackedEvent tracked(Events event) {
    return TrackedEvent.firstSeen(event.event(), RULE, VirtualVm.START);
  }

  /** So many that no more fit; the later ones of them have the later deadlines. */
  private static List<TrackedEvent> full(int changed, UnaryOperator<TrackedEvent> change) {
    List<TrackedEvent> events = new ArrayList<>();
    for (int i = 0; i < Roster.MOST_EVENTS; i++) {
      TrackedEvent each = tracked(Events.reboot("E" + i).in((60 + i) + "M"));
      events.add(i == changed ? change.apply(each) : each);
    }
    return events;
  }

  private static String dropped(List<TrackedEvent> events, TrackedEvent joining) {
    List<TrackedEvent> with = Roster.with(events, joining).orElse(events);
    return events.stream()
        .filter(each -> !with.contains(each))
        .map(each -> each.event().id())
        .findFirst()
        .orElse("none");
  }

  @Test
  void forgetsWhatIsOverFirst() {
    assertThat(dropped(full(5, TrackedEvent::gone), URGENT)).isEqualTo("E5");
    TrackedEvent late = tracked(Events.reboot("L").in("300M"));
    assertThat(dropped(full(5, TrackedEvent::gone), late))
        .as("also for a late one")
        .isEqualTo("E5");
  }

  @Test
  void remembersWhatIsOverAndRanOrWasApproved() {
    Acknowledgement sent = Acknowledgement.NONE.sent();
    assertThat(dropped(full(5, each -> each.with(sent).gone()), URGENT)).isEqualTo("E31");
    assertThat(dropped(full(5, each -> each.startedUnseen().gone()), URGENT)).isEqualTo("E31");
  }

  @Test
  void makesTheLeastUrgentGiveWay() {
    assertThat(dropped(full(5, each -> each), URGENT)).isEqualTo("E31");
    TrackedEvent last = tracked(Events.reboot("L").in("91M"));
    assertThat(dropped(full(5, each -> each), last)).as("as late as the last").isEqualTo("none");
  }

  @Test
  void neverDropsWhatRunsWasApprovedOrIsAskedForByHand() {
    UnaryOperator<TrackedEvent> approved = each -> each.with(Acknowledgement.NONE.sent());
    assertThat(dropped(full(31, approved), URGENT)).isEqualTo("E30");
    assertThat(dropped(full(31, TrackedEvent::startedUnseen), URGENT)).isEqualTo("E30");
    Instant late = VirtualVm.START.plusSeconds(9_000);
    TrackedEvent byHand = tracked(Events.reboot("H").at(late).from(EventSource.OPERATOR));
    assertThat(dropped(full(31, each -> byHand), URGENT)).isEqualTo("E30");
  }

  @Test
  void holdsAsManyAsFit() {
    List<TrackedEvent> events = full(0, each -> each).subList(1, Roster.MOST_EVENTS);
    assertThat(Roster.with(events, URGENT).orElseThrow())
        .hasSize(Roster.MOST_EVENTS)
        .endsWith(URGENT);
  }
}

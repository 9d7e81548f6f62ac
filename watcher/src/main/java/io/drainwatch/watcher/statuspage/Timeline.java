package io.drainwatch.watcher.statuspage;

import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.watcher.pages.ShownText;
import io.drainwatch.watcher.pages.ShownTime;
import io.drainwatch.watcher.report.EpisodeStatus;
import io.drainwatch.watcher.report.EpisodeStatus.EventStanding;
import io.drainwatch.watcher.statuspage.Step.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The states of a maintenance in their order, each with its hooks, and the acknowledgement between
 * Drained and MaintenanceStarted. A state that was not gone through although a later one was
 * reached is skipped; so is one that the policy or a cancellation leaves out.
 */
final class Timeline {
  static final String ACKNOWLEDGED = "Acknowledged";

  private final Known known;
  private final EpisodeStatus episode;
  private final MaintenanceState current;

  private Timeline(Known known, EpisodeStatus episode, MaintenanceState current) {
    this.known = known;
    this.episode = episode;
    this.current = current;
  }

  static List<Step> of(Known known, EpisodeStatus episode) {
    return Arrays.stream(MaintenanceState.values())
        .filter(state -> state.word().equals(episode.state()))
        .findFirst()
        .map(current -> new Timeline(known, episode, current).steps())
        .orElse(List.of()); // a state of a later version
  }

  private List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    for (MaintenanceState state : MaintenanceState.values()) {
      steps.add(step(state));
      if (state == MaintenanceState.DRAINED) {
        steps.add(acknowledgement());
      }
    }
    return steps;
  }

  private Step step(MaintenanceState state) {
    Optional<Instant> at = Optional.ofNullable(episode.entered().get(state.word()));
    Progress progress = progress(state, at);
    boolean wasReached = progress == Progress.NOW || progress == Progress.DONE;
    return new Step(
        state.word(),
        progress,
        about(state),
        at.filter(any -> wasReached).map(Moment::clock),
        at.filter(any -> wasReached).map(begun -> took(state, begun, progress)),
        state == MaintenanceState.DRAINING ? drain() : List.of(),
        episode.hooks().stream()
            .filter(
                hook -> Hook.of(hook.hook()).flatMap(HookView::stateOf).equals(Optional.of(state)))
            .map(hook -> HookView.of(hook, known))
            .toList());
  }

  private Progress progress(MaintenanceState state, Optional<Instant> entered) {
    if (state == current) {
      return Progress.NOW;
    }
    if (state.isBefore(current)) {
      return entered.isPresent() ? Progress.DONE : Progress.SKIPPED;
    }
    return isLeftOut(state) ? Progress.SKIPPED : Progress.NEXT;
  }

  private boolean isLeftOut(MaintenanceState state) {
    return switch (state) {
      case CORDONED -> episode.cancelled() || episode.action().equals("observe");
      case DRAINING, DRAINED ->
          episode.cancelled()
              || episode.action().equals("observe")
              || episode.action().equals("cordon");
      case MAINTENANCE_STARTED -> episode.cancelled() || isByHandOnly();
      case MAINTENANCE_SCHEDULED, RUNNING, UNCORDONED -> false;
    };
  }

  private boolean isByHandOnly() {
    return episode.events().stream().allMatch(event -> event.source().equals("Operator"));
  }

  private String took(MaintenanceState state, Instant begun, Progress progress) {
    Instant end =
        progress == Progress.NOW
            ? known.status().at()
            : Stream.of(MaintenanceState.values())
                .filter(state::isBefore)
                .flatMap(later -> Optional.ofNullable(episode.entered().get(later.word())).stream())
                .filter(at -> !at.isBefore(begun))
                .min(Instant::compareTo)
                .orElse(known.status().at());
    Duration took = Duration.between(begun, end);
    return progress == Progress.NOW ? ShownTime.seconds(took) : ShownTime.duration(took);
  }

  private static String about(MaintenanceState state) {
    return switch (state) {
      case MAINTENANCE_SCHEDULED -> "an event names this VM";
      case CORDONED -> "no new work comes in";
      case DRAINING -> "running work ends or moves";
      case DRAINED -> "the machine is empty, and that is on record";
      case MAINTENANCE_STARTED -> "the platform works on the machine";
      case RUNNING -> "the machine is up again";
      case UNCORDONED -> "in service again";
    };
  }

  private List<String> drain() {
    List<String> said = new ArrayList<>();
    String outcome = episode.drain().outcome();
    if (!outcome.equals("open") && !outcome.equals("complete")) {
      said.add("Drain: " + outcome.replace('-', ' '));
    }
    if (!episode.drain().reason().isEmpty()) {
      said.add(ShownText.of(episode.drain().reason()));
    }
    if (!episode.drain().left().isEmpty()) {
      said.add("Left: " + ShownText.of(String.join(", ", episode.drain().left()), 1000));
    }
    return said;
  }

  private Step acknowledgement() {
    List<EventStanding> events =
        episode.events().stream().filter(event -> !event.source().equals("Operator")).toList();
    boolean isSent = events.stream().anyMatch(EventStanding::acknowledged);
    boolean isOver =
        !current.isBefore(MaintenanceState.MAINTENANCE_STARTED)
            || events.isEmpty()
            || episode.cancelled()
            || events.stream().allMatch(event -> event.acknowledge().equals("never"));
    return new Step(
        ACKNOWLEDGED,
        isSent ? Progress.DONE : isOver ? Progress.SKIPPED : Progress.NEXT,
        "the platform may go ahead",
        Optional.empty(),
        Optional.empty(),
        events.stream().map(Timeline::word).toList(),
        List.of());
  }

  private static String word(EventStanding event) {
    String tries =
        event.acknowledgeTries() > 1 ? ", " + event.acknowledgeTries() + " requests sent" : "";
    String how;
    if (event.acknowledged()) {
      how = "acknowledged";
    } else if (event.acknowledge().equals("never")) {
      how = "is never acknowledged, by rule " + event.rule();
    } else {
      how =
          "not acknowledged"
              + event
                  .notAcknowledgedBecause()
                  .map(why -> ": " + why)
                  .orElse(" (" + event.acknowledge() + ")");
    }
    return ShownText.of(event.type() + " " + how + tries);
  }
}

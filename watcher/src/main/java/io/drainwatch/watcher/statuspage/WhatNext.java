package io.drainwatch.watcher.statuspage;

import io.drainwatch.watcher.report.EpisodeStatus;
import io.drainwatch.watcher.report.EpisodeStatus.EventStanding;
import java.util.List;

/** What comes next, in a sentence or two. Decides nothing: it says what lifecycle.md says. */
final class WhatNext {
  private static final String BACK =
      "When no event names this VM any more, it is brought back into service.";

  private WhatNext() {}

  static String of(EpisodeStatus episode) {
    if (episode.held().isPresent()) {
      return held(episode.held().get());
    }
    if (episode.cancelled()) {
      return "The event was cancelled: what still runs is ended, then the machine goes back into"
          + " service.";
    }
    return switch (episode.state()) {
      case "MaintenanceScheduled" -> scheduled(episode);
      case "Cordoned" ->
          episode.action().equals("cordon")
              ? "The policy asks for no drain. " + unlessDrained(episode)
              : "The drain begins: hooks pre-stop, drain, post-stop.";
      case "Draining" -> draining(episode);
      case "Drained" -> drained(episode);
      case "MaintenanceStarted" ->
          "The platform works on this VM. " + BACK + " After a Terminate nothing comes back.";
      case "Running" ->
          "Hooks pre-start, running and post-start bring the machine back; then new work comes in"
              + " again.";
      case "Uncordoned" -> "New work comes in again; with the last hook the maintenance ends.";
      default -> "";
    };
  }

  private static String held(String held) {
    return switch (held) {
      case "ForeignUncordon" ->
          "Somebody uncordoned this Node, and that is respected: the drain has stopped and nothing"
              + " is acknowledged.";
      case "NodeGone" -> "The Node was deleted: nothing more is done, nothing is acknowledged.";
      default -> "The drain has stopped, nothing is acknowledged.";
    };
  }

  private static String scheduled(EpisodeStatus episode) {
    return switch (episode.action()) {
      case "observe" ->
          "The policy only observes this event: hook scheduled runs, nothing is drained.";
      case "cordon" -> "New work is kept out when its time comes; nothing is drained.";
      default -> "When its time comes: new work is kept out, then the machine is drained.";
    };
  }

  private static String draining(EpisodeStatus episode) {
    return switch (episode.drain().outcome()) {
      case "open" ->
          "When all of it is done the machine is drained"
              + (isEverAcknowledged(episode.events()) ? " and the event is acknowledged." : ".")
              + (episode.deadline().isPresent()
                  ? " What is not done when the time is up is ended, and nothing is acknowledged."
                  : "");
      case "failed" ->
          "The drain failed. "
              + unlessDrained(episode)
              + " Only a rule with acknowledge: even-if-failed acknowledges now.";
      case "deadline-reached" -> "The time was up before it was done. " + unlessDrained(episode);
      default -> unlessDrained(episode);
    };
  }

  private static String drained(EpisodeStatus episode) {
    List<EventStanding> open = episode.events().stream().filter(event -> !event.gone()).toList();
    if (!open.isEmpty() && open.stream().allMatch(EventStanding::acknowledged)) {
      return "The platform may go ahead at any moment. " + BACK;
    }
    if (open.stream().allMatch(event -> event.source().equals("Operator"))) {
      return "Stays out of service until somebody says drainwatch resume.";
    }
    return isEverAcknowledged(open)
        ? "The event is acknowledged as soon as it may be; else the platform goes ahead at its"
            + " time."
        : "Nothing is acknowledged: the platform goes ahead at its time. " + BACK;
  }

  private static String unlessDrained(EpisodeStatus episode) {
    return episode.events().stream().allMatch(event -> event.source().equals("Operator"))
        ? "It stays so until somebody says drainwatch resume."
        : "The platform goes ahead at its time. " + BACK;
  }

  private static boolean isEverAcknowledged(List<EventStanding> events) {
    return events.stream().anyMatch(event -> !event.gone() && !event.acknowledge().equals("never"));
  }
}

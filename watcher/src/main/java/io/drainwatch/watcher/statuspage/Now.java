package io.drainwatch.watcher.statuspage;

import io.drainwatch.watcher.pages.Badge;
import io.drainwatch.watcher.pages.ShownText;
import io.drainwatch.watcher.pages.ShownTime;
import io.drainwatch.watcher.pages.Tone;
import io.drainwatch.watcher.report.EpisodeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How it stands, at a glance.
 *
 * @param headline what it is about
 * @param since when the state was entered; empty: no maintenance
 * @param left until when the drain has time, while that matters
 * @param notBefore of the earliest event that is not over
 * @param next what comes next
 */
record Now(
    Badge badge,
    String headline,
    Optional<Counted> since,
    Optional<Counted> left,
    Optional<Moment> notBefore,
    String next) {

  /**
   * @param text as it is now; the script counts on
   */
  record Counted(Moment at, String text) {}

  static Now nothing() {
    return new Now(
        new Badge("In service", Tone.CALM),
        "No maintenance",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "Each second the metadata service is asked for an event that names this VM.");
  }

  static Now of(EpisodeStatus episode, Instant now) {
    return new Now(
        Badge.ofState(episode.state()),
        headline(episode.events()),
        Optional.of(
            new Counted(
                Moment.of(episode.since()),
                ShownTime.seconds(Duration.between(episode.since(), now)))),
        episode
            .deadline()
            .filter(any -> isBeforeTheEndOfTheDrain(episode))
            .map(at -> new Counted(Moment.of(at), ShownTime.left(Duration.between(now, at)))),
        episode.events().stream()
            .filter(event -> !event.gone())
            .flatMap(event -> event.notBefore().stream())
            .min(Instant::compareTo)
            .map(Moment::of),
        WhatNext.of(episode));
  }

  private static boolean isBeforeTheEndOfTheDrain(EpisodeStatus episode) {
    return switch (episode.state()) {
      case "MaintenanceScheduled", "Cordoned", "Draining" -> true;
      default -> false;
    };
  }

  private static String headline(List<EpisodeStatus.EventStanding> events) {
    return events.stream()
        .map(event -> event.type() + by(event.source()))
        .distinct()
        .map(text -> ShownText.of(text, 80))
        .limit(4)
        .collect(Collectors.joining(", "));
  }

  private static String by(String source) {
    return switch (source) {
      case "User" -> " asked for by a user in Azure";
      case "Operator" -> " by hand, on this machine";
      case "NodeCondition" -> " told by a condition of the Node";
      case "ResourceGraph" -> " told by Resource Graph";
      default -> "";
    };
  }
}

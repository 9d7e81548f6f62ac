package io.drainwatch.watcher.fleetpage;

/** What comes of asking for the page. */
public sealed interface FleetAnswer {

  /**
   * @param tag of its facts
   */
  record Html(String text, String tag) implements FleetAnswer {}

  /** Nothing has changed since what was shown with this tag. */
  record Unchanged(String tag) implements FleetAnswer {}

  /** So many wait already that one more is not taken on. */
  record Busy() implements FleetAnswer {}
}

package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The one summary of an episode (I9).
 *
 * @param stamp as of the episode
 * @param entered when each state was entered
 * @param drainTook from Cordoned to Drained; empty when it never got there
 * @param left what was not drained, and {@code drainReason} why
 */
public record Summary(
    String episode,
    String vmName,
    Ending ending,
    Instant begunAt,
    Instant stamp,
    Instant endedAt,
    Map<MaintenanceState, Instant> entered,
    List<EventSummary> events,
    DrainResult.Outcome drain,
    String drainReason,
    List<String> left,
    Optional<Duration> drainTook,
    int scriptsSucceeded,
    int scriptsFailed,
    boolean rebooted) {

  public Summary {
    entered = Map.copyOf(entered);
    events = List.copyOf(events);
    left = List.copyOf(left);
  }

  /** Of an episode as it stands, for whoever sees an end that the core cannot see. */
  public static Summary of(Episode episode, Ending ending, Instant now) {
    return Summaries.of(episode, ending, now);
  }

  /** How an episode ended. */
  public enum Ending {
    /** Back in service after the maintenance. */
    RETURNED,
    /** Back in service, there was none. */
    CANCELLED,
    /** The machine is deleted; nothing comes back. */
    GONE,
    /** The machine is switched off for good, unless somebody starts it again. */
    DEALLOCATED,
    /** There is no Node any more; the machine is not asked whether it is. */
    NODE_GONE,
    /** A new event came before the machine was back: its episode goes on from here. */
    OVERTAKEN
  }

  /**
   * One event of the episode.
   *
   * @param source who caused it; empty in what an older version wrote
   * @param notice really given: from first seen to NotBefore
   */
  public record EventSummary(
      String id,
      String type,
      Optional<EventSource> source,
      Instant firstSeen,
      Optional<Instant> notBefore,
      Optional<Duration> notice,
      boolean started,
      boolean drained,
      boolean acknowledged) {}
}

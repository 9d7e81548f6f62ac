package io.drainwatch.watcher.events;

import java.time.Duration;
import java.util.Map;

/**
 * One poll and what follows from it.
 *
 * @param nextPollIn how long to wait from now on before the next poll
 * @param oddities of the document, if one was parsed in this poll; so each change counts once
 */
public record Poll(
    PollResult result, Duration nextPollIn, ClientState state, Map<Oddity, Integer> oddities) {
  public Poll {
    oddities = Map.copyOf(oddities);
  }
}

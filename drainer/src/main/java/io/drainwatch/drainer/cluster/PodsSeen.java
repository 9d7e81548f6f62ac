package io.drainwatch.drainer.cluster;

import io.drainwatch.drainer.pods.PodView;
import java.time.Duration;

/**
 * The pods of a Node as the watch has them.
 *
 * @param view with the moment of the last complete list or bookmark, by our clock
 * @param serverAhead the API server's clock less ours, as last seen
 * @param disagreements of watch and cross-checks so far
 */
public record PodsSeen(PodView view, Duration serverAhead, int disagreements) {}

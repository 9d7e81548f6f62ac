package io.drainwatch.drainer.evictions;

import java.time.Instant;

/**
 * Pods that wait behind one probing pod.
 *
 * @param run refusals in a row; 0: the last one was admitted
 * @param answeredAt when the last refusal came: those of requests sent before do not count again
 * @param next when the next pod may be tried
 */
record Group(int run, Instant answeredAt, Instant next) {}

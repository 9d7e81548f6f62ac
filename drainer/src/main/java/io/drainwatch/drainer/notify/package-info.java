/**
 * What people are told of a maintenance: notices made from the record (an episode or its summary)
 * and from what the core says, and the outbox that keeps them until each sink has them.
 *
 * <p>Pure. A notice follows from the record and has the same id whenever it is made, so nothing is
 * lost where the process died before it was kept, and a receiver can tell what it has already. But
 * for what is in the way: that is told as it is said. And an episode that two processes began,
 * because the first died before anybody recorded it, is two. All texts are bounded and of one line:
 * what the platform or a script says is data. Knows no sink, no clock, no file; nothing here can
 * hold up a drain.
 */
@NullMarked
package io.drainwatch.drainer.notify;

import org.jspecify.annotations.NullMarked;

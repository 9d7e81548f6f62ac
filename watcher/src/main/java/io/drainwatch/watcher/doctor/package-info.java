/**
 * Everything that would go wrong, before it does. Looks are taken first and change nothing; what
 * they mean is judged afterwards, by pure functions over the facts. One look that fails is a fact
 * like any other and hides no other.
 */
@NullMarked
package io.drainwatch.watcher.doctor;

import org.jspecify.annotations.NullMarked;

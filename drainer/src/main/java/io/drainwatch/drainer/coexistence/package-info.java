/**
 * Other tools that act on the same Node: by which signs they are known and what follows from them
 * for our drain (kubernetes-drain.md 16). Values in, values out; nothing of theirs is ever written.
 */
@NullMarked
package io.drainwatch.drainer.coexistence;

import org.jspecify.annotations.NullMarked;

/**
 * What users of DrainSafe need to move over (drain-scripts.md, part 5): its three annotations,
 * written from our record or read once where we have none, and its grace periods. Pure: whoever
 * talks to the cluster reads and writes. The record stays the truth; nothing here decides what
 * happens to a machine, and no cordon is called ours without a record that says so (I3).
 */
@NullMarked
package io.drainwatch.drainer.drainsafe;

import org.jspecify.annotations.NullMarked;

/**
 * Where foldings of many Nodes take place: a few threads for all of them, the work for one Node in
 * order and never twice at once. Knows nothing of Nodes but their names.
 */
@NullMarked
package io.drainwatch.drainer.desk;

import org.jspecify.annotations.NullMarked;

/**
 * Builds the distribution for VMs: a runtime with the modules that the jars need, the jars, the
 * launcher, and an ahead-of-time cache of what the daemon loads. The container image takes its Java
 * from here.
 *
 * <p>The same sources and JDK give the same bytes, but for the cache: it is made of what a JVM did.
 */
@NullMarked
package io.drainwatch.dist;

import org.jspecify.annotations.NullMarked;

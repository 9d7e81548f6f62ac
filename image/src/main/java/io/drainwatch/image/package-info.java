/**
 * Builds the container image: a runtime with the modules that the jars need, the jars, and what
 * Debian has for them to stand on. Needs no Docker; the network only for Debian's packages, and for
 * a base image or a registry if one is named.
 *
 * <p>The same sources, JDK and pins give the same bytes: entries sorted, times fixed, nothing taken
 * from the machine but its JDK.
 */
@NullMarked
package io.drainwatch.image;

import org.jspecify.annotations.NullMarked;

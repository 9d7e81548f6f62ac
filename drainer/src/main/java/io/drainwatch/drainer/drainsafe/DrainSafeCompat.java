package io.drainwatch.drainer.drainsafe;

/**
 * What is kept up for DrainSafe's users ({@code drainwatch.compat.drainsafe} and {@code
 * drainsafe-grace}).
 *
 * @param grace whether pods get no more than DrainSafe's grace
 */
public record DrainSafeCompat(DrainSafeMode mode, boolean grace) {
  public static final DrainSafeCompat OFF = new DrainSafeCompat(DrainSafeMode.OFF, false);
}

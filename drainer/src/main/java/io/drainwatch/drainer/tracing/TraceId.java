package io.drainwatch.drainer.tracing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Of a maintenance: follows from its id, so that it is the same after a restart.
 *
 * @param hex 32 digits
 */
public record TraceId(String hex) {
  private static final int BYTES = 16;

  /**
   * @param maintenance the id of the episode
   */
  public static TraceId of(String maintenance) {
    return new TraceId(hash("drainwatch maintenance\n" + maintenance, BYTES));
  }

  static String hash(String text, int bytes) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

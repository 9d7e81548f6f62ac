package io.drainwatch.drainer.notify;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names of notices that do not change: from the machine, the maintenance or event, and what is
 * said. An id that the platform did not give may come again with a later event; there, the moment
 * of the beginning tells one from the next.
 */
final class NoticeId {
  private static final Pattern OF_THE_PLATFORM =
      Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(/.*)?");
  private static final int BYTES = 16;

  private NoticeId() {}

  /**
   * @param of an event's id, or an episode's
   * @param begunAt of the maintenance
   * @param detail what tells one from another of the same kind; may be empty
   */
  static String of(String vm, NoticeKind kind, String of, Instant begunAt, String detail) {
    String key = of.toUpperCase(Locale.ROOT);
    String named = OF_THE_PLATFORM.matcher(of).matches() ? key : key + "@" + begunAt;
    String all = String.join("\n", vm.toLowerCase(Locale.ROOT), kind.word(), named, detail);
    return HexFormat.of().formatHex(digest(all), 0, BYTES);
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

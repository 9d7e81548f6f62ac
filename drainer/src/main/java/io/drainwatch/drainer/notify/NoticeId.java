package io.drainwatch.drainer.notify;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Names of notices that do not change: from the machine, the maintenance or event, and what is
 * said. An event may come back after its maintenance has ended: the stamp tells one maintenance
 * from the next.
 */
final class NoticeId {
  private static final int BYTES = 16;

  private NoticeId() {}

  /**
   * @param of an event's id, or an episode's
   * @param stamp of the episode
   * @param detail what tells one from another of the same kind; may be empty
   */
  static String of(String vm, NoticeKind kind, String of, Instant stamp, String detail) {
    String named = of.toUpperCase(Locale.ROOT) + "@" + stamp;
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

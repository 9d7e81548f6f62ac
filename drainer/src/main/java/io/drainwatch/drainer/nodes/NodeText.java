package io.drainwatch.drainer.nodes;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Texts from outside, made fit for an annotation: no control characters, bounded. */
final class NodeText {
  /** The most that one of our annotations may take, in bytes of UTF-8. */
  static final int MOST_BYTES = 8_192;

  private static final int MOST_VALUE_CHARACTERS = 63;
  private static final Pattern NOT_IN_A_LABEL = Pattern.compile("[^A-Za-z0-9_.-]");
  private static final Pattern AT_ITS_ENDS = Pattern.compile("^[_.-]+|[_.-]+$");

  private NodeText() {}

  /**
   * Without control characters and halves of surrogate pairs, which cannot be written as UTF-8; so
   * a character takes at most three bytes in JSON.
   */
  static String plain(String text, int most) {
    return isPlain(text, most) ? text : madePlain(text, most);
  }

  // nearly all are, and a record is made of dozens of them each second
  private static boolean isPlain(String text, int most) {
    boolean isPlain = text.length() <= most;
    for (int i = 0; i < text.length() && isPlain; i++) {
      isPlain = text.charAt(i) >= ' ' && text.charAt(i) <= '~';
    }
    return isPlain;
  }

  private static String madePlain(String text, int most) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), most));
    int at = 0;
    while (at < text.length()) {
      int point = text.codePointAt(at);
      int length = Character.charCount(point);
      at += length;
      if (out.length() + length > most) {
        break;
      }
      boolean isHalf = length == 1 && Character.isSurrogate((char) point);
      if (!isHalf && !Character.isISOControl(point)) {
        out.appendCodePoint(point);
      }
    }
    return out.toString();
  }

  static List<String> plain(List<String> texts, int most) {
    return texts.stream().map(text -> plain(text, most)).toList();
  }

  /** That many characters never fit, whatever they are: not ours. */
  static boolean isTooLong(String annotation) {
    return annotation.length() > MOST_BYTES;
  }

  /** Bytes that an annotation takes too many. */
  static int excess(String annotation) {
    return bytes(annotation) - MOST_BYTES;
  }

  static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** The start of a text that takes at most so many bytes. */
  static String cutToBytes(String text, int most) {
    if (bytes(text) <= most) {
      return text;
    }
    int used = 0;
    int at = 0;
    while (at < text.length()) {
      int next = at + Character.charCount(text.codePointAt(at));
      int size = bytes(text.substring(at, next));
      if (used + size > most) {
        break;
      }
      used += size;
      at = next;
    }
    return text.substring(0, at);
  }

  /** Fit for the value of a taint or label; may come out empty, which is allowed there. */
  static String labelValue(String text) {
    String allowed = NOT_IN_A_LABEL.matcher(text).replaceAll("");
    String cut = allowed.substring(0, Math.min(allowed.length(), MOST_VALUE_CHARACTERS));
    return AT_ITS_ENDS.matcher(cut).replaceAll("");
  }
}

package io.drainwatch.drainer.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes something that is nearly right out of something right. */
final class Damage {
  private static final int LONGEST = 200_000;

  /**
   * What readers stumble over: ends, numbers at their bounds, text that is not meant to be read.
   */
  private static final List<String> PIECES =
      List.of(
          "",
          "\"",
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\\",
          "\n",
          "\r\n",
          "\u0000",
          "\u001b[2J",
          "\u202e",
          "\\ud800",
          "null",
          "true",
          "-1",
          "0",
          "1e999",
          "-9223372036854775808",
          "9223372036854775808",
          "99999999999999999999999999999999",
          "2147483648",
          "NaN",
          "\"\"",
          "{}",
          "[]",
          "${jndi:ldap://x}",
          "{{{x}}}",
          "%n%s",
          "$(id)",
          "../../etc/passwd",
          "Thu, 31 Feb 2026 25:61:61 GMT",
          "+999999999-12-31T23:59:59Z",
          "PT9223372036854775807S",
          "&a *a",
          "!!java.net.URL [\"http://x\"]");

  private final Random random;

  Damage(Random random) {
    this.random = random;
  }

  byte[] of(List<String> corpus) {
    byte[] out = one(corpus);
    for (int i = random.nextInt(4); i >= 0; i--) {
      out = hurt(out, corpus);
    }
    return out.length > LONGEST ? Arrays.copyOf(out, LONGEST) : out;
  }

  private byte[] one(List<String> corpus) {
    return corpus.get(random.nextInt(corpus.size())).getBytes(UTF_8);
  }

  private byte[] hurt(byte[] whole, List<String> corpus) {
    int from = random.nextInt(whole.length + 1);
    int to = Math.min(whole.length, from + random.nextInt(20));
    return switch (random.nextInt(9)) {
      case 0 -> flipped(whole);
      case 1 -> replaced(whole, from, to, new byte[0]);
      case 2 -> replaced(whole, from, from, piece());
      case 3 -> replaced(whole, from, to, piece());
      case 4 -> Arrays.copyOf(whole, from);
      case 5 -> replaced(whole, from, from, Arrays.copyOfRange(whole, from, to));
      case 6 -> replaced(whole, from, whole.length, tailOf(one(corpus)));
      case 7 -> value(whole);
      default -> replaced(whole, from, to, many());
    };
  }

  private byte[] flipped(byte[] whole) {
    byte[] out = whole.clone();
    if (out.length > 0) {
      out[random.nextInt(out.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return out;
  }

  /** The value of some member becomes something else, so that it is still JSON or YAML. */
  private byte[] value(byte[] whole) {
    int colon = -1;
    for (int tries = 0; tries < 50 && whole.length > 0; tries++) {
      int at = random.nextInt(whole.length);
      if (whole[at] == ':') {
        colon = at;
        break;
      }
    }
    if (colon < 0) {
      return whole;
    }
    int end = colon + 1;
    while (end < whole.length && ",}]\n".indexOf(whole[end]) < 0) {
      end++;
    }
    return replaced(whole, colon + 1, end, piece());
  }

  private byte[] tailOf(byte[] other) {
    return Arrays.copyOfRange(other, random.nextInt(other.length + 1), other.length);
  }

  private byte[] piece() {
    return PIECES.get(random.nextInt(PIECES.size())).getBytes(UTF_8);
  }

  private byte[] many() {
    String piece = PIECES.get(random.nextInt(PIECES.size()));
    return piece.repeat(1 + random.nextInt(3_000)).getBytes(UTF_8);
  }

  private static byte[] replaced(byte[] whole, int from, int to, byte[] by) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(whole, 0, from);
    out.writeBytes(by);
    out.write(whole, to, whole.length - to);
    return out.toByteArray();
  }
}

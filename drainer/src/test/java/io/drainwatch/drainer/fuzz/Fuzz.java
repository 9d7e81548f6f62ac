package io.drainwatch.drainer.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Inputs that are nearly right, thrown at whatever reads them (reliability.md, L10). In the
 * ordinary command always the same ones; with {@code -Ddrainwatch.fuzz=N} N others each time. An
 * input that finds something is told as Base64, to become a named example.
 */
public final class Fuzz {
  private static final int ORDINARY = 1_500;
  private static final long ALWAYS = 20_261_122;
  private static final int MOST_SHOWN = 4_000;

  private Fuzz() {}

  /** The corpus as it is, then damaged again and again. */
  public static void throwAt(List<String> corpus, Consumer<byte[]> reader) {
    throwAt(ORDINARY, corpus, reader);
  }

  /**
   * @param ordinary how many in the ordinary command, of a reader that takes its time
   */
  public static void throwAt(int ordinary, List<String> corpus, Consumer<byte[]> reader) {
    for (String seed : corpus) {
      read(seed.getBytes(UTF_8), reader, "as it is");
    }
    Long again = Long.getLong("drainwatch.fuzz.seed");
    Integer asked = Integer.getInteger("drainwatch.fuzz");
    long first = asked == null ? ALWAYS : new Random().nextLong();
    int tries = asked == null ? ordinary : asked;
    if (again != null) {
      first = again;
      tries = 1;
    }
    for (long seed = first; seed < first + tries; seed++) {
      read(new Damage(new Random(seed)).of(corpus), reader, "seed " + seed);
    }
  }

  private static void read(byte[] input, Consumer<byte[]> reader, String which) {
    try {
      reader.accept(input);
    } catch (Throwable e) {
      String shown =
          input.length > MOST_SHOWN
              ? input.length + " bytes"
              : Base64.getEncoder().encodeToString(input);
      throw new AssertionError("fuzzing, " + which + ": " + shown, e);
    }
  }
}

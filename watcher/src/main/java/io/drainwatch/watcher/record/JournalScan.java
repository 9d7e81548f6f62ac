package io.drainwatch.watcher.record;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Optional;

/** Reads the bytes of a journal; decides which line counts. Pure. */
sealed interface JournalScan {

  /**
   * Fit to go on with.
   *
   * @param last the last good line; empty for a journal without any finished line
   * @param length bytes up to the end of the last finished line: the next one belongs there
   * @param torn bytes of an unfinished line behind it
   */
  record Fit(Optional<JournalEntry> last, long length, long torn, int damaged, int first, int lines)
      implements JournalScan {

    Optional<JournalFinding> damage() {
      return damaged == 0
          ? Optional.empty()
          : Optional.of(new JournalFinding.DamagedLines(damaged, first, lines));
    }

    Optional<JournalFinding> tear() {
      return torn == 0 ? Optional.empty() : Optional.of(new JournalFinding.TornTail(torn));
    }
  }

  /** The last line that can be trusted is of a later version. */
  record Newer(int version) implements JournalScan {}

  /** Not one line can be trusted, and it is not just the first one that was never finished. */
  record Hopeless(String reason) implements JournalScan {}

  /** How every version's line begins; what is left of a torn first line must agree with it. */
  byte[] BEGINNING = "{\"v\":".getBytes(US_ASCII);

  static JournalScan of(byte[] bytes) {
    Optional<JournalEntry> last = Optional.empty();
    int newer = 0;
    int lines = 0;
    int damaged = 0;
    int firstDamaged = 0;
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] != '\n') {
        continue;
      }
      lines++;
      byte[] line = Arrays.copyOfRange(bytes, start, i);
      start = i + 1;
      Optional<ObjectNode> whole = SealedLine.unseal(line);
      Optional<JournalEntry> entry = whole.flatMap(JournalEntry::of);
      int version = whole.or(() -> unsealed(line)).map(JournalScan::version).orElse(0);
      if (entry.isPresent()) {
        last = entry;
        newer = 0;
      } else if (version > JournalEntry.VERSION) {
        newer = version;
      } else {
        damaged++;
        firstDamaged = damaged == 1 ? lines : firstDamaged;
      }
    }
    if (newer > 0) {
      return new Newer(newer);
    }
    if (last.isEmpty() && lines > 0) {
      return new Hopeless("none of its %d lines is whole".formatted(lines));
    }
    if (last.isEmpty() && !mayBeTornFirstLine(bytes)) {
      return new Hopeless("its %d bytes are no journal".formatted(bytes.length));
    }
    return new Fit(last, start, bytes.length - start, damaged, firstDamaged, lines);
  }

  /**
   * A later version is to keep the seal; should one do without it, its line is still not called
   * damaged. One that has a seal and does not match it is damaged, whatever version it claims.
   */
  private static Optional<ObjectNode> unsealed(byte[] line) {
    return SealedLine.parse(line).filter(object -> !object.has("crc"));
  }

  private static int version(ObjectNode object) {
    JsonNode v = object.path("v");
    return v.isIntegralNumber() && v.canConvertToInt() ? v.intValue() : 0;
  }

  private static boolean mayBeTornFirstLine(byte[] bytes) {
    int length = Math.min(bytes.length, BEGINNING.length);
    return Arrays.equals(bytes, 0, length, BEGINNING, 0, length);
  }
}

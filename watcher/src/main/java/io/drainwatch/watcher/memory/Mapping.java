package io.drainwatch.watcher.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stretch of this process's memory that is a file's, as {@code /proc/self/smaps} tells (proc(5)).
 *
 * @param from first address
 * @param to address behind it
 */
record Mapping(long from, long to) {
  private static final Pattern HEAD =
      Pattern.compile("([0-9a-f]{1,16})-([0-9a-f]{1,16}) (\\S{4}) \\S+ \\S+ ([0-9]+) +(/.*)");

  /** The JVM itself and its archives of classes: mapped as long as the process lives. */
  private static final Pattern LASTING = Pattern.compile(".*(?:\\.aot|\\.jsa|/libjvm\\.so)");

  // Dirty ones may well be the file's: it was written a moment ago, and the disk has it not yet.
  private static final Pattern NOT_THE_FILES =
      Pattern.compile("(?:Anonymous|Swap|Locked): +(?!0 kB)[0-9]+ kB.*");

  private static final Pattern NEXT = Pattern.compile("[0-9a-f]+-[0-9a-f]+ .*");

  Mapping {
    if (Long.compareUnsigned(from, to) >= 0) {
      throw new IllegalArgumentException("no stretch of memory: " + from + " to " + to);
    }
  }

  long length() {
    return to - from;
  }

  /**
   * Those of which not a byte was ever written, nor can be: dropped, they are read from the file
   * again. Where a single page is a copy of our own, as of a library that was relocated, the whole
   * mapping is left alone. So are files that might be unmapped meanwhile, as something else could
   * lie at their address by then.
   */
  static List<Mapping> asInTheFile(List<String> smaps) {
    List<Mapping> found = new ArrayList<>();
    boolean isCandidate = false;
    for (String line : smaps) {
      Matcher head = HEAD.matcher(line);
      if (head.matches()) {
        isCandidate = head.group(3).matches("r-[x-]p") && LASTING.matcher(head.group(5)).matches();
        if (isCandidate) {
          found.add(new Mapping(address(head.group(1)), address(head.group(2))));
        }
      } else if (NEXT.matcher(line).matches()) {
        isCandidate = false;
      } else if (isCandidate && NOT_THE_FILES.matcher(line).matches()) {
        found.removeLast();
        isCandidate = false;
      }
    }
    return found;
  }

  private static long address(String hexadecimal) {
    return Long.parseUnsignedLong(hexadecimal, 16);
  }
}

package io.drainwatch.watcher.doctor;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who holds a lock, by {@code /proc/locks}. Pure. */
final class LockTable {
  // 1: POSIX  ADVISORY  WRITE 9840 fe:00:2154516 0 EOF
  private static final Pattern LINE =
      Pattern.compile("(?m)^\\d+: POSIX +\\S+ +WRITE +(\\d+) +[0-9a-f]+:[0-9a-f]+:(\\d+) ");

  private LockTable() {}

  /**
   * @return empty when nobody holds it, or somebody whose process id cannot be seen from here
   */
  static OptionalLong holderOf(String table, long inode) {
    Matcher line = LINE.matcher(table);
    while (line.find()) {
      long pid = Long.parseLong(line.group(1));
      if (Long.parseLong(line.group(2)) == inode && pid > 0) {
        return OptionalLong.of(pid);
      }
    }
    return OptionalLong.empty();
  }
}

package io.drainwatch.watcher.record;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Numbered files that nothing reads but people, {@code <prefix>...-<n><suffix>}: the highest number
 * is the newest, and beyond {@link #MOST} the oldest goes. Numbers and not times, because clocks
 * step.
 */
final class KeptAside {
  static final int MOST = 5;
  private static final Logger LOG = LoggerFactory.getLogger(KeptAside.class);

  private final Disk disk;
  private final Path directory;
  private final Pattern name;
  private final String suffix;

  KeptAside(Disk disk, Path directory, String prefix, String suffix) {
    this.disk = disk;
    this.directory = directory;
    this.name = Pattern.compile(Pattern.quote(prefix) + ".*-(\\d{1,9})" + Pattern.quote(suffix));
    this.suffix = suffix;
  }

  /** Moves {@code file} to {@code <stem>-<n><suffix>}. */
  KeepResult move(Path file, String stem) {
    try {
      Path as = directory.resolve(stem + "-" + nextNumber() + suffix);
      disk.rename(file, as);
      disk.forceDirectory(directory);
      dropOldest();
      return new KeepResult.Kept(as);
    } catch (IOException e) {
      return new KeepResult.NotKept("moving " + file + " aside: " + Reason.of(e));
    }
  }

  /** Writes {@code <stem>-<n><suffix>}, unless the newest one already says the same. */
  KeepResult write(byte[] content, String stem) {
    try {
      List<String> there = oldestFirst();
      if (!there.isEmpty()) {
        Path newest = directory.resolve(there.getLast());
        if (there.getLast().startsWith(stem + "-") && says(newest, content)) {
          return new KeepResult.Kept(newest);
        }
      }
      String as = stem + "-" + nextNumber() + suffix;
      disk.replace(directory, as, content);
      dropOldest();
      return new KeepResult.Kept(directory.resolve(as));
    } catch (IOException e) {
      return new KeepResult.NotKept(
          "keeping %d bytes as %s in %s: %s"
              .formatted(content.length, stem, directory, Reason.of(e)));
    }
  }

  private boolean says(Path file, byte[] content) {
    try {
      return Arrays.equals(disk.read(file, content.length), content);
    } catch (IOException e) {
      return false;
    }
  }

  private void dropOldest() {
    try {
      List<String> there = oldestFirst();
      for (String old : there.subList(0, Math.max(0, there.size() - MOST))) {
        disk.delete(directory.resolve(old));
      }
    } catch (IOException e) {
      LOG.warn("Old files in {} could not be removed: {}", directory, Reason.of(e));
    }
  }

  private int nextNumber() throws IOException {
    return oldestFirst().stream().mapToInt(this::number).max().orElse(0) + 1;
  }

  private List<String> oldestFirst() throws IOException {
    return disk.names(directory).stream()
        .filter(entry -> name.matcher(entry).matches())
        .sorted(Comparator.comparingInt(this::number))
        .toList();
  }

  private int number(String entry) {
    Matcher matcher = name.matcher(entry);
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
  }
}

package io.drainwatch.drainer.scripts;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.drainwatch.drainer.maintenance.Hook;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the scripts of a hook (drain-scripts.md 1.1).
 *
 * <ol>
 *   <li>The directories {@code <base>/<hook>} are merged by file name; of equal names only the one
 *       in the first base counts, whatever it is.
 *   <li>The order is that of the names' bytes, whichever directory a file is in.
 *   <li>A missing directory is empty. One that cannot be read is a refused entry: scripts nobody
 *       can see must not look like no scripts.
 * </ol>
 *
 * Reads the directories anew at each call and keeps nothing.
 */
public final class HookDirectories {

  /** The operator's directory over the vendor's. */
  public static final List<Path> DEFAULT_BASES =
      List.of(Path.of("/etc/drainwatch/hooks.d"), Path.of("/usr/lib/drainwatch/hooks.d"));

  /** Scripts have ASCII names, whose chars compare as their bytes do. */
  private static final Comparator<HookEntry> BY_NAME = Comparator.comparing(HookEntry::name);

  private final List<Path> bases;
  private final ScriptNames names;
  private final SafetyCheck check;

  /**
   * @param bases the operator's first, the vendor's last
   */
  public HookDirectories(List<Path> bases, ScriptNames names, SafetyCheck check) {
    this.bases = bases.stream().map(Path::toAbsolutePath).toList();
    this.names = names;
    this.check = check;
  }

  public HookListing list(Hook hook) {
    List<HookEntry> entries = new ArrayList<>();
    Map<String, HookEntry> counting = new HashMap<>();
    for (Path base : bases) {
      Path directory = base.resolve(hook.word());
      if (Files.notExists(directory, NOFOLLOW_LINKS)) {
        continue;
      }
      List<Path> files;
      try {
        files = filesIn(directory);
      } catch (IOException e) {
        Refusal refusal = new Refusal(Refusal.Reason.UNREADABLE, directory, e.toString());
        entries.add(new HookEntry(directory, new Verdict.Refused(refusal)));
        continue;
      }
      for (Path file : files) {
        HookEntry entry = new HookEntry(file, verdictOn(file));
        HookEntry winner = counting.putIfAbsent(entry.name(), entry);
        entries.add(winner == null ? entry : overridden(entry, winner));
      }
    }
    entries.sort(BY_NAME); // stable: of equal names the higher directory's stays first
    return new HookListing(hook, entries);
  }

  /** Directories whose name is no hook's, hence never looked into: worth a warning at start. */
  public List<String> unknownDirectories() {
    List<String> unknown = new ArrayList<>();
    for (Path base : bases) {
      if (!Files.isDirectory(base)) {
        continue;
      }
      try {
        for (Path directory : filesIn(base)) {
          String name = String.valueOf(directory.getFileName());
          // "Drain" is no hook's directory, although the word is read in any case elsewhere
          if (Files.isDirectory(directory)
              && Hook.of(name).filter(hook -> hook.word().equals(name)).isEmpty()) {
            unknown.add(directory.toString());
          }
        }
      } catch (IOException e) {
        unknown.add(base + " (cannot be read: " + e + ")");
      }
    }
    return List.copyOf(unknown);
  }

  private Verdict verdictOn(Path file) {
    Optional<Verdict.Skipped> skipped = names.skips(String.valueOf(file.getFileName()));
    if (skipped.isPresent()) {
      return skipped.get();
    }
    return switch (check.find(file)) {
      case SafetyCheck.Found.Null _ -> new Verdict.Masked();
      case SafetyCheck.Found.Unsafe(Refusal refusal) -> new Verdict.Refused(refusal);
      case SafetyCheck.Found.NotExecutable _ ->
          new Verdict.Skipped("not executable for this user", false);
      case SafetyCheck.Found.Safe _ -> new Verdict.Runs();
    };
  }

  /** A backup file that lies in both directories overrides nothing worth telling. */
  private static HookEntry overridden(HookEntry lower, HookEntry winner) {
    return switch (winner.verdict()) {
      case Verdict.Masked _ ->
          new HookEntry(lower.path(), new Verdict.Skipped("masked by " + winner.path(), true));
      case Verdict.Runs _, Verdict.Refused _, Verdict.Skipped _ ->
          new HookEntry(lower.path(), new Verdict.Skipped("overridden by " + winner.path(), true));
    };
  }

  private static List<Path> filesIn(Path directory) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(files::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    files.sort(Comparator.naturalOrder());
    return files;
  }
}

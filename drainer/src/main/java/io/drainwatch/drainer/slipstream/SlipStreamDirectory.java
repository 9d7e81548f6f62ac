package io.drainwatch.drainer.slipstream;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.drainwatch.drainer.scripts.HookEntry;
import io.drainwatch.drainer.scripts.Refusal;
import io.drainwatch.drainer.scripts.SafetyCheck;
import io.drainwatch.drainer.scripts.Verdict;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds the scripts of SlipStream's hooks (drain-scripts.md, part 4): {@code <dir>/<hook>} is a
 * file, or a directory of sub-targets.
 *
 * <ol>
 *   <li>A missing hook has no script. One that cannot be read is a refused entry: scripts nobody
 *       can see must not look like no scripts.
 *   <li>Sub-targets come in the order of their names' bytes; backup files and the like are left out
 *       as in a native hook's directory, and so is, with a warning, what is not executable.
 *   <li>A file in the hook's own place can be nothing but its script: not executable is refused.
 * </ol>
 *
 * Reads the directory anew at each call and keeps nothing.
 */
public final class SlipStreamDirectory {

  private static final Path NULL_DEVICE = Path.of("/dev/null");

  /** Scripts have ASCII names, whose chars compare as their bytes do. */
  private static final Comparator<Path> BY_NAME = Comparator.comparing(SlipStreamDirectory::name);

  private final Path directory;
  private final Function<String, Optional<Verdict.Skipped>> names;
  private final SafetyCheck check;

  /**
   * @param names why a file of this name is no script (drain-scripts.md 1.1)
   */
  public SlipStreamDirectory(
      Path directory, Function<String, Optional<Verdict.Skipped>> names, SafetyCheck check) {
    this.directory = directory.toAbsolutePath();
    this.names = names;
    this.check = check;
  }

  public SlipStreamListing list(SlipStreamHook hook) {
    Path place = directory.resolve(hook.word());
    if (Files.notExists(place, NOFOLLOW_LINKS)) {
      return new SlipStreamListing(hook, List.of());
    }
    if (!Files.isDirectory(place)) {
      return only(hook, new HookEntry(place, verdictOn(place, false)));
    }
    try {
      return new SlipStreamListing(hook, filesIn(place).stream().map(this::subTarget).toList());
    } catch (IOException e) {
      Refusal refusal = new Refusal(Refusal.Reason.UNREADABLE, place, e.toString());
      return only(hook, new HookEntry(place, new Verdict.Refused(refusal)));
    }
  }

  /** Where a script of this name lies, whether or not it is still there. */
  public Path pathOf(ScalingScript script) {
    Path place = directory.resolve(script.hook().word());
    return script.subTarget().map(place::resolve).orElse(place);
  }

  private static SlipStreamListing only(SlipStreamHook hook, HookEntry entry) {
    return new SlipStreamListing(
        hook, List.of(new SlipStreamListing.Target(Optional.empty(), entry)));
  }

  private SlipStreamListing.Target subTarget(Path file) {
    Verdict verdict =
        names
            .apply(name(file))
            .<Verdict>map(skipped -> skipped)
            .orElseGet(() -> verdictOn(file, true));
    return new SlipStreamListing.Target(Optional.of(name(file)), new HookEntry(file, verdict));
  }

  private Verdict verdictOn(Path file, boolean oneOfMany) {
    Optional<Refusal> refused = check.refuses(file);
    if (refused.isEmpty()) {
      return new Verdict.Runs();
    }
    Refusal refusal = refused.get();
    if (refusal.reason() == Refusal.Reason.NOT_A_REGULAR_FILE && isNullDevice(file)) {
      return new Verdict.Masked();
    }
    return refusal.reason() == Refusal.Reason.NOT_EXECUTABLE && oneOfMany
        ? new Verdict.Skipped("not executable for this user", false)
        : new Verdict.Refused(refusal);
  }

  private static boolean isNullDevice(Path file) {
    try {
      return file.toRealPath().equals(NULL_DEVICE);
    } catch (IOException e) {
      return false; // dangling: refused as such
    }
  }

  private static List<Path> filesIn(Path directory) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(files::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    files.sort(BY_NAME);
    return files;
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}

package io.drainwatch.watcher.rehearsal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whose scripts are rehearsed.
 *
 * @param bosh a tree as {@code /var/vcap}, run from a copy: its scripts log below their base
 * @param slipstream a directory as {@code /etc/drainwatch/slipstream}, likewise
 */
public record RehearsedScripts(NativeHooks hooks, Optional<Path> bosh, Optional<Path> slipstream) {

  /** Which native hooks. */
  public sealed interface NativeHooks {
    /** The operator's own, where they lie and with the checks they will meet in earnest. */
    record Own(List<Path> directories) implements NativeHooks {}

    /** The samples that come along, copied to where nobody else can write. */
    record Samples(Path directory) implements NativeHooks {}

    /** None, so that what is seen is the other scripts'. */
    record None() implements NativeHooks {}
  }

  /** Native hooks alone. */
  public static RehearsedScripts of(NativeHooks hooks) {
    return new RehearsedScripts(hooks, Optional.empty(), Optional.empty());
  }

  /** For people. */
  String names() {
    List<String> names = new ArrayList<>();
    switch (hooks) {
      case NativeHooks.Own(List<Path> directories) -> names.add(directories.toString());
      case NativeHooks.Samples(Path directory) -> names.add("the samples of " + directory);
      case NativeHooks.None() -> {}
    }
    bosh.ifPresent(tree -> names.add("BOSH jobs of " + tree));
    slipstream.ifPresent(directory -> names.add("SlipStream hooks of " + directory));
    return names.isEmpty() ? "none" : String.join(", ", names);
  }
}

package io.drainwatch.drainer.scripts;

import java.util.Optional;
import java.util.regex.Pattern;

/** Which file names of a hook directory are scripts ({@code hooks.names}, drain-scripts.md 1.1). */
public enum ScriptNames {
  /** Any printable ASCII name without white space. */
  ANY,
  /** Only what Debian's run-parts would take: letters, digits, {@code _} and {@code -}. */
  RUN_PARTS;

  /** Left over by editors and package managers, or put aside by hand. */
  private static final Pattern PUT_ASIDE =
      Pattern.compile("\\..*|.*(~|\\.(swp|rpmsave|rpmorig|rpmnew|bak|disabled)|\\.dpkg-[^.]*)");

  private static final Pattern PRINTABLE = Pattern.compile("[!-~]+");
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]+");

  /** Why a file of this name is not run; empty when the name is a script's. */
  public Optional<Verdict.Skipped> skips(String name) {
    if (PUT_ASIDE.matcher(name).matches()) {
      return Optional.of(new Verdict.Skipped("the name is that of a backup or hidden file", true));
    }
    if (!PRINTABLE.matcher(name).matches()) {
      return Optional.of(
          new Verdict.Skipped("the name has white space, control or non-ASCII characters", false));
    }
    if (this == RUN_PARTS && !PLAIN.matcher(name).matches()) {
      return Optional.of(
          new Verdict.Skipped("hooks.names is run-parts: only letters, digits, _ and -", true));
    }
    return Optional.empty();
  }
}

package io.drainwatch.drainer.scripts;

import java.nio.file.Path;

/** One file found for a hook, and whether it runs. */
public record HookEntry(Path path, Verdict verdict) {

  /** The script's name, as in the journal, the log and the summary. */
  public String name() {
    Path name = path.getFileName();
    return (name == null ? path : name).toString();
  }

  /** Whether the hook has this script: it runs, or is refused and so counts as failed. */
  public boolean counts() {
    return switch (verdict) {
      case Verdict.Runs _, Verdict.Refused _ -> true;
      case Verdict.Skipped _, Verdict.Masked _ -> false;
    };
  }
}

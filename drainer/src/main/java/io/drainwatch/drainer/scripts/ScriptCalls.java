package io.drainwatch.drainer.scripts;

import io.drainwatch.drainer.maintenance.Hook;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The calls of native hooks (drain-scripts.md 1.3). */
public final class ScriptCalls {

  private final Path workDirectory;

  /**
   * @param workDirectory the scripts' current directory, by default {@code
   *     /var/lib/drainwatch/work}
   */
  public ScriptCalls(Path workDirectory) {
    this.workDirectory = workDirectory.toAbsolutePath();
  }

  /**
   * @param disposition {@code $2}, recreated or stopped
   * @param context the drain context, which the script reads from its stdin
   */
  public ScriptCall call(
      Path script,
      Hook hook,
      String disposition,
      byte[] context,
      Map<String, String> variables,
      ScriptOutput output) {
    return new ScriptCall(
        script.toAbsolutePath(),
        List.of(hook.word(), disposition),
        StandardInput.of(context),
        variables,
        workDirectory,
        output,
        EndOfCall.SCRIPT_EXITED);
  }
}

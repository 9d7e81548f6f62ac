package io.drainwatch.watcher.daemon;

import io.drainwatch.drainer.maintenance.PlannedScript;
import io.drainwatch.drainer.scripts.ScriptOutput;
import java.util.Optional;

/** One script of a hook as it was found, and how it is called. */
interface FoundScript {

  PlannedScript planned();

  /** Its name in the names of files: no text of the platform, and no slash. */
  String file();

  /** The VM it is called for if that is not this one. */
  Optional<String> peer();

  /**
   * @param log takes what it prints, for people
   */
  PreparedCall prepare(CallOccasion occasion, ScriptOutput log);
}

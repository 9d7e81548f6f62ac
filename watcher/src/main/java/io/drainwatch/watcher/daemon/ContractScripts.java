package io.drainwatch.watcher.daemon;

import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.Watch;
import java.util.List;
import java.util.Optional;

/** The scripts of one contract: where they lie, how they are called, what their answers mean. */
interface ContractScripts {

  /**
   * What a hook has, row by row; scripts of one row run at the same time. Reads the disk anew and
   * says what looks like a mistake.
   *
   * @param watch tells whom and what the hook is for
   */
  List<List<FoundScript>> rows(Hook hook, Watch watch);

  /**
   * A script that was listed before and is not listed any more, where its name says all there is to
   * know: a call that is repeated is told the same, whatever has joined since.
   */
  default Optional<FoundScript> named(String script, Watch watch) {
    return Optional.empty();
  }
}

package io.drainwatch.watcher.rehearsal;

import io.drainwatch.watcher.daemon.Daemon;
import io.drainwatch.watcher.daemon.DaemonSettings;
import io.drainwatch.watcher.daemon.NodeSide;
import io.drainwatch.watcher.daemon.Surroundings;
import io.drainwatch.watcher.daemon.Witness;
import io.drainwatch.watcher.record.StateDirectoryException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What the daemon of a rehearsal runs in: alone, or with a page that somebody looks at. */
public interface Stage {

  /** The daemon alone. */
  Stage BARE =
      (settings, surroundings, node, witnesses) ->
          Daemon.start(settings, surroundings, node, witnesses)::close;

  /** A daemon that runs; closing it ends it and all that is around it. */
  interface Raised extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Starts the daemon with whatever is around it.
   *
   * @throws IOException when what is around it cannot be started
   */
  Raised raise(
      DaemonSettings settings,
      Surroundings surroundings,
      Optional<NodeSide> node,
      List<Witness> witnesses)
      throws StateDirectoryException, IOException;

  /** The rehearsal is over and told; the daemon goes when this returns. */
  default void afterwards() throws IOException, InterruptedException {}
}

package io.drainwatch.watcher.cli;

import io.drainwatch.watcher.Begun;
import io.drainwatch.watcher.DrainwatchApplication;
import io.drainwatch.watcher.ServerStartException;
import io.drainwatch.watcher.daemon.DaemonSettings;
import io.drainwatch.watcher.daemon.NodeSide;
import io.drainwatch.watcher.daemon.Surroundings;
import io.drainwatch.watcher.daemon.Witness;
import io.drainwatch.watcher.http.ServerSettings;
import io.drainwatch.watcher.record.StateDirectoryException;
import io.drainwatch.watcher.rehearsal.Stage;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A rehearsal with its status page: on loopback, on any free port, opened in a browser where there
 * is one. Where somebody sits before the terminal it stays until they have seen enough.
 */
final class OpenedPage implements Stage {
  private final PrintStream says;
  private final Browser browser;
  private final boolean isWatched;

  /**
   * @param says gets the address
   * @param isWatched whether somebody can say that it is enough
   */
  OpenedPage(PrintStream says, Browser browser, boolean isWatched) {
    this.says = says;
    this.browser = browser;
    this.isWatched = isWatched;
  }

  @Override
  public Raised raise(
      DaemonSettings settings,
      Surroundings surroundings,
      Optional<NodeSide> node,
      List<Witness> witnesses)
      throws StateDirectoryException, IOException {
    try {
      DrainwatchApplication application =
          DrainwatchApplication.start(
              Version.text(),
              settings,
              surroundings,
              new ServerSettings(ServerSettings.DEFAULT_HOST, 0),
              UnaryOperator.identity(),
              node,
              Optional.empty(),
              Optional.empty(),
              witnesses,
              new Begun());
      says.println(
          "Status page: "
              + application.address()
              + (browser.open(application.address()) ? ", opened in your browser" : ""));
      return application::close;
    } catch (ServerStartException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public void afterwards() throws IOException {
    if (isWatched) {
      says.println("The status page stays until you press Enter.");
      int read;
      do {
        read = System.in.read();
      } while (read != '\n' && read != -1);
    }
  }
}

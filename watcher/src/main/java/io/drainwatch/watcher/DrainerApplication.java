package io.drainwatch.watcher;

import io.drainwatch.watcher.drainer.Drainer;
import io.drainwatch.watcher.http.ServerSettings;
import io.drainwatch.watcher.memory.GivenBack;
import io.drainwatch.watcher.report.ReportThread;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.http.server.exceptions.ServerStartupException;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The drainer and its HTTP server, started and stopped together. */
public final class DrainerApplication implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DrainerApplication.class);

  private final Drainer drainer;
  private final Begun begun;
  private final EmbeddedServer server;

  private DrainerApplication(Drainer drainer, Begun begun, EmbeddedServer server) {
    this.drainer = drainer;
    this.begun = begun;
    this.server = server;
  }

  /**
   * Starts everything or leaves nothing behind.
   *
   * @param drainer that has not begun
   * @param framework what the operator's sources say to Micronaut itself, TLS for example
   * @param begun what is started goes in here; whoever closes it stops the start as well
   * @throws ServerStartException when the address cannot be listened on
   * @throws CancellationException when it was stopped in the middle
   */
  public static DrainerApplication start(
      Drainer drainer,
      ServerSettings address,
      UnaryOperator<ApplicationContextBuilder> framework,
      Begun begun)
      throws ServerStartException {
    try {
      begun.add(drainer);
      Serving.tryAddress(address);
      ApplicationContext context = Serving.context(address, framework, drainer);
      EmbeddedServer server = Serving.serve(context);
      begun.add(context);
      LOG.info("health and metrics on {}", server.getURI());
      // last: who leads can be asked how it fares
      drainer.begin();
      GivenBack.by(begun.add(new ReportThread())).begin(() -> false);
      return new DrainerApplication(drainer, begun, server);
    } catch (ServerStartException | RuntimeException e) {
      begun.close();
      if (e instanceof ServerStartupException) {
        throw Serving.refused(address, e); // somebody was quicker since the address was tried
      }
      throw e;
    }
  }

  public Drainer drainer() {
    return drainer;
  }

  /** Where the server listens. */
  public URI address() {
    return server.getURI();
  }

  /** Stops within 5 s; see {@link Drainer#close}. */
  @Override
  public void close() {
    begun.close();
  }
}

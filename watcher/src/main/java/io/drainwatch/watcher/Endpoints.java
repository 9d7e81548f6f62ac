package io.drainwatch.watcher;

import io.drainwatch.watcher.http.ServerSettings;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.http.server.exceptions.ServerStartupException;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;

/**
 * The daemon's HTTP server, which is there from the start or from the first who asks on, as {@link
 * ServerSettings#atOnce} says. Closing it before {@link #serve} closes the address; afterwards what
 * was given to {@link Begun} does.
 */
final class Endpoints implements AutoCloseable {
  private final ServerSettings settings;
  private final UnaryOperator<ApplicationContextBuilder> framework;
  private final Optional<Doorway> door;
  private volatile Optional<ApplicationContext> context = Optional.empty();

  private Endpoints(
      ServerSettings settings,
      UnaryOperator<ApplicationContextBuilder> framework,
      Optional<Doorway> door) {
    this.settings = settings;
    this.framework = framework;
    this.door = door;
  }

  /**
   * @throws ServerStartException when the address cannot be listened on
   */
  static Endpoints at(ServerSettings settings, UnaryOperator<ApplicationContextBuilder> framework)
      throws ServerStartException {
    if (settings.atOnce()) {
      Serving.tryAddress(settings);
      return new Endpoints(settings, framework, Optional.empty());
    }
    return new Endpoints(settings, framework, Optional.of(Doorway.at(settings)));
  }

  /**
   * @param begun the server goes in here when it is started
   * @param served the server is there
   * @param beans what is behind the endpoints
   * @throws ServerStartupException when somebody was quicker since the address was tried
   */
  void serve(Begun begun, Runnable served, Object... beans) {
    List<Object> all = new ArrayList<>(List.of(beans));
    door.ifPresentOrElse(
        doorway ->
            doorway.keep(
                open -> {
                  all.add(open);
                  start(begun, all.toArray());
                  served.run();
                }),
        () -> {
          start(begun, beans);
          served.run();
        });
  }

  private void start(Begun begun, Object... beans) {
    ApplicationContext made = Serving.context(settings, framework, beans);
    Serving.serve(made);
    // not before: to close what is just being put together brings errors that are none
    try {
      begun.add(made);
    } catch (CancellationException e) {
      if (door.isEmpty()) {
        throw e;
      }
      return; // stopped meanwhile, and so is this
    }
    context = Optional.of(made);
  }

  /** Where it listens. */
  URI address() {
    return door.map(Doorway::address)
        .orElseGet(() -> context().getBean(EmbeddedServer.class).getURI());
  }

  ApplicationContext context() {
    return context.orElseThrow(() -> new IllegalStateException("nobody has asked for it yet"));
  }

  @Override
  public void close() throws Exception {
    if (door.isPresent()) {
      door.get().close();
    }
  }
}

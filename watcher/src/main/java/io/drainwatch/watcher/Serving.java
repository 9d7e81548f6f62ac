package io.drainwatch.watcher;

import io.drainwatch.watcher.http.ServerSettings;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The HTTP server: the same for the daemon and for the drainer but for the beans behind it. */
final class Serving {
  private Serving() {}

  /** Before anything has begun: a taken port is told at once. */
  static void tryAddress(ServerSettings address) throws ServerStartException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(
          new InetSocketAddress(
              InetAddress.getByName(address.host()), Math.max(0, address.port())));
    } catch (IOException e) {
      throw refused(address, e);
    }
  }

  static ServerStartException refused(ServerSettings address, Exception cause) {
    return new ServerStartException(
        "Cannot listen on %s port %d: %s. Nothing is watched. Is another Drainwatch running? Else set micronaut.server.port, or micronaut.server.host to an address of this machine"
            .formatted(address.host(), address.port(), cause.getMessage()),
        cause);
  }

  static ApplicationContext context(
      ServerSettings address, UnaryOperator<ApplicationContextBuilder> framework, Object... beans) {
    List<Object> all = new ArrayList<>(List.of(beans));
    all.add(address.limits());
    return framework
        .apply(ApplicationContext.builder())
        .banner(false)
        .deduceEnvironment(false)
        .deduceCloudEnvironment(false)
        .bootstrapEnvironment(false)
        .enableDefaultPropertySources(false)
        .environmentPropertySource(false)
        .singletons(all.toArray())
        .properties(address.forMicronaut())
        .start();
  }

  /** Closes the context if the server does not start. */
  static EmbeddedServer serve(ApplicationContext context) {
    try {
      return context.getBean(EmbeddedServer.class).start();
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      context.close();
      throw e;
    }
  }
}

package io.drainwatch.watcher.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.drainwatch.watcher.simulator.platform.SimulatedVm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listening addresses: one per VM, since a real metadata service knows its caller and every
 * tool can be given another address. All or none are opened.
 */
final class Doors implements AutoCloseable {

  /** Answers one exchange; may do so later and from another thread. */
  @FunctionalInterface
  interface Visitor {
    void visit(SimulatedVm vm, HttpExchange exchange) throws IOException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(Doors.class);

  private final Map<String, HttpServer> servers = new LinkedHashMap<>();
  private final ExecutorService workers;

  private Doors(ExecutorService workers) {
    this.workers = workers;
  }

  static Doors bind(SimulatorSettings settings) throws IOException {
    Doors doors =
        new Doors(
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("simulator-", 0).factory()));
    for (SimulatedVm vm : settings.vms()) {
      int port = vm.equals(settings.self()) ? settings.port() : 0;
      try {
        doors.servers.put(
            vm.name(), HttpServer.create(new InetSocketAddress(settings.bind(), port), 0));
      } catch (IOException refused) {
        doors.close();
        throw new IOException(
            "The simulator cannot listen on "
                + url(settings.bind(), port)
                + ": "
                + refused.getMessage(),
            refused);
      }
    }
    return doors;
  }

  void open(SimulatorSettings settings, Visitor visitor) {
    for (SimulatedVm vm : settings.vms()) {
      HttpServer server = server(vm.name());
      server.setExecutor(workers);
      server.createContext("/", exchange -> visit(visitor, vm, exchange));
      server.start();
    }
  }

  /** Where what has to wait is carried out later. */
  ExecutorService workers() {
    return workers;
  }

  String url(String vm) {
    InetSocketAddress address = server(vm).getAddress();
    return url(address.getAddress(), address.getPort());
  }

  private HttpServer server(String vm) {
    HttpServer server = servers.get(vm);
    if (server == null) {
      throw new IllegalArgumentException(
          "the simulator has no VM \"" + vm + "\", only " + servers.keySet());
    }
    return server;
  }

  private static String url(InetAddress address, int port) {
    String host =
        address.isAnyLocalAddress()
            ? InetAddress.getLoopbackAddress().getHostAddress()
            : address.getHostAddress();
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  private void visit(Visitor visitor, SimulatedVm vm, HttpExchange exchange) throws IOException {
    try {
      visitor.visit(vm, exchange);
    } catch (IOException | RuntimeException failure) {
      if (!workers.isShutdown()) {
        LOG.warn(
            "A {} could not be answered; the connection is closed",
            exchange.getRequestMethod(),
            failure);
      }
      exchange.close();
    }
  }

  /** Does not wait: what is still being answered is cut off. */
  @Override
  public void close() {
    servers.values().forEach(server -> server.stop(0));
    workers.shutdownNow();
  }
}

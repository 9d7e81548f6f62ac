package io.drainwatch.watcher.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.watcher.configuration.DrainwatchSettings;
import io.drainwatch.watcher.doctor.DaemonFacts.Listener;
import io.drainwatch.watcher.operator.DaemonAddress;
import io.drainwatch.watcher.operator.DaemonAnswer;
import io.drainwatch.watcher.operator.DaemonCalls;
import io.drainwatch.watcher.operator.StatusReading;
import io.drainwatch.watcher.report.StatusJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Shell: knocks at the daemon's port. It does not try to listen there itself: a daemon that starts
 * that very moment would find the port taken.
 */
final class DaemonLook {
  private static final int CONNECT_MILLISECONDS = 1000;

  private DaemonLook() {}

  static DaemonFacts at(DrainwatchSettings.Server server) {
    return new DaemonFacts(
        server.host(),
        server.port(),
        isOurs(server.host()),
        DaemonAddress.of(server).map(DaemonLook::listener).orElse(new Listener.Nobody()));
  }

  private static boolean isOurs(String host) {
    try {
      InetAddress address = InetAddress.getByName(host);
      return address.isAnyLocalAddress()
          || address.isLoopbackAddress()
          || NetworkInterface.getByInetAddress(address) != null;
    } catch (IOException e) {
      return false;
    }
  }

  private static Listener listener(URI address) {
    if (!isOpen(address)) {
      return new Listener.Nobody();
    }
    try (DaemonCalls calls = new DaemonCalls(address)) {
      return switch (calls.get(StatusReading.PATH)) {
        case DaemonAnswer.Came(int status, String body) ->
            version(body)
                .<Listener>map(version -> new Listener.Drainwatch(version, reasons(calls)))
                .orElseGet(() -> new Listener.Stranger("it answers with HTTP " + status));
        case DaemonAnswer.Silent(String why) -> new Listener.Stranger(why);
      };
    }
  }

  private static boolean isOpen(URI address) {
    try (Socket socket = new Socket(Proxy.NO_PROXY)) {
      String host = address.getHost().replace("[", "").replace("]", "");
      socket.connect(new InetSocketAddress(host, address.getPort()), CONNECT_MILLISECONDS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static Optional<String> version(String body) {
    return json(body).map(tree -> tree.path("version").asText("")).filter(text -> !text.isEmpty());
  }

  private static List<String> reasons(DaemonCalls calls) {
    if (!(calls.get("/health/readiness") instanceof DaemonAnswer.Came came)) {
      return List.of("it does not tell whether it is ready");
    }
    List<String> reasons = new ArrayList<>();
    json(came.body())
        .ifPresent(
            tree ->
                tree.path("reasons").forEach(each -> reasons.add(each.path("detail").asText())));
    return reasons.isEmpty() && !came.isOk() ? List.of("HTTP " + came.status()) : reasons;
  }

  private static Optional<JsonNode> json(String body) {
    try {
      return Optional.of(StatusJson.readTree(body));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}

package io.drainwatch.watcher.operator;

import io.drainwatch.watcher.configuration.DrainwatchSettings;
import java.net.URI;
import java.util.Optional;

/** One question to the daemon that these settings describe. */
sealed interface Asked {

  /** Something told something. */
  record Told(URI address, String body) implements Asked {}

  /**
   * @param why a few words, to stand in brackets after "the daemon does not answer"
   */
  record NotTold(String why) implements Asked {}

  static Asked of(DrainwatchSettings settings, String path) {
    Optional<URI> address = DaemonAddress.of(settings.server());
    if (address.isEmpty()) {
      return new NotTold("micronaut.server.port is -1, so nobody can know its port");
    }
    try (DaemonCalls calls = new DaemonCalls(address.get())) {
      return of(calls, path);
    }
  }

  static Asked of(DaemonCalls calls, String path) {
    return switch (calls.get(path)) {
      case DaemonAnswer.Came came when came.isOk() -> new Told(calls.address(), came.body());
      case DaemonAnswer.Came(int status, String body) ->
          new NotTold(calls.address() + " answers, but with HTTP " + status);
      case DaemonAnswer.Silent(String why) -> new NotTold(calls.address() + ": " + why);
    };
  }

  /** Why this is no answer of a daemon: also for a body that was not understood. */
  default String why() {
    return switch (this) {
      case Told(URI address, String body) -> address + " answers, but not as Drainwatch does";
      case NotTold(String why) -> why;
    };
  }
}

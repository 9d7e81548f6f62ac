package io.drainwatch.watcher.systemd;

import java.util.Optional;

/** Where notifications go. */
interface NotifySocket extends AutoCloseable {

  /** Sends one datagram without waiting; returns why it was not sent, empty when it was. */
  Optional<String> send(String message);

  @Override
  void close();
}

package io.drainwatch.watcher;

/**
 * The HTTP server cannot start, most often because its port is taken; the message says where, why,
 * and what to do. Nothing was left running.
 */
public final class ServerStartException extends Exception {
  private static final long serialVersionUID = 1L;

  ServerStartException(String message, Throwable cause) {
    super(message, cause);
  }
}

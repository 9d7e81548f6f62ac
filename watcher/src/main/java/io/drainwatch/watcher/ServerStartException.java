package io.drainwatch.watcher;

/** The HTTP server cannot start; the message says where, why, and what to do. */
public final class ServerStartException extends Exception {
  private static final long serialVersionUID = 1L;

  /** sysexits.h, EX_UNAVAILABLE: a service that is needed, here the address, is not to be had. */
  public static final int EXIT_CODE = 69;

  ServerStartException(String message, Throwable cause) {
    super(message, cause);
  }
}

package io.drainwatch.watcher.cli;

import io.drainwatch.watcher.Begun;
import io.drainwatch.watcher.ServerStartException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;

/** Runs something until the process is told to stop: SIGTERM, or Ctrl-C. */
final class UntilStopped {
  private UntilStopped() {}

  /** Starts something into what can be closed at any moment. */
  @FunctionalInterface
  interface Start<E extends Exception> {
    void into(Begun begun) throws E, ServerStartException;
  }

  /**
   * Returns when all is stopped again.
   *
   * @param farewell for the log, when the stop begins
   */
  static <E extends Exception> void run(Logger log, String farewell, Start<E> start)
      throws E, ServerStartException, InterruptedException {
    Begun begun = new Begun();
    CountDownLatch stopped = new CountDownLatch(1);
    // before the start: much runs a second or two before the server is up and the start is over
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (!begun.isEmpty()) {
                    log.info(farewell);
                  }
                  begun.close();
                  stopped.countDown();
                },
                "drainwatch-stop"));
    try {
      start.into(begun);
    } catch (CancellationException e) {
      log.debug("stopped in the middle of the start", e);
    }
    stopped.await();
  }
}

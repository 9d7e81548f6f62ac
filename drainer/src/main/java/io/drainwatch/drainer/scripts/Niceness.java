package io.drainwatch.drainer.scripts;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a process that is nicer than the daemon.
 *
 * <p>On Linux niceness belongs to a thread and is inherited by what it starts. So a thread is made
 * for the start, made nicer, and thrown away, for nobody but root could make it less nice again.
 * The process is nice from its first instruction, and so are its children; to make it nicer once it
 * runs would miss what it has forked by then, and a {@code nice} binary would be one more thing
 * that may be missing. The JDK's own thread that waits for the process may be nicer for it too,
 * which only delays news on a busy machine.
 */
final class Niceness {

  private static final Logger LOG = LoggerFactory.getLogger(Niceness.class);
  private static final int NICEST = 19;

  private Niceness() {}

  /**
   * @param more 0 starts it here and as it is
   */
  static Process start(ProcessBuilder builder, int more) throws IOException {
    if (more == 0) {
      return builder.start();
    }
    CompletableFuture<Process> started = new CompletableFuture<>();
    Thread unused =
        Thread.ofPlatform()
            .daemon()
            .name("script-nice")
            .start(
                () -> {
                  try {
                    raise(more);
                    started.complete(builder.start());
                  } catch (IOException | RuntimeException e) {
                    started.completeExceptionally(e);
                  }
                });
    try {
      return started.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof IOException failed) {
        throw failed;
      }
      throw e;
    }
  }

  private static void raise(int more) {
    int wanted = Math.min(NICEST, SystemCalls.niceness() + more);
    if (!SystemCalls.setNiceness(wanted)) {
      LOG.warn("cannot set niceness {}: the script runs as the daemon does", wanted);
    }
  }
}

package io.drainwatch.drainer.scripts;

import java.io.File;
import java.io.IOException;

/**
 * A pipe for a script's output that stays open as long as anybody writes to it.
 *
 * <p>The JDK's own pipe is emptied and closed as soon as the child exits: what a background process
 * prints later is lost (drain-scripts.md 6.4), and it dies of SIGPIPE at that. So it would not be
 * "left alone", and a BOSH drain would lose the number that its background process prints.
 */
final class OutputPipe implements AutoCloseable {

  private final SystemCalls.Pipe pipe;
  private boolean taken;

  private OutputPipe(SystemCalls.Pipe pipe) {
    this.pipe = pipe;
  }

  static OutputPipe open() throws IOException {
    return new OutputPipe(SystemCalls.pipe());
  }

  /** For the script. */
  ProcessBuilder.Redirect writeEnd() {
    return ProcessBuilder.Redirect.to(new File("/proc/self/fd/" + pipe.writeEnd()));
  }

  /** From now on it is the taker's to close. */
  int takeReadEnd() {
    taken = true;
    return pipe.readEnd();
  }

  /** Closes our copy of the write end, the script has its own; and the read end nobody took. */
  @Override
  public void close() {
    SystemCalls.close(pipe.writeEnd());
    if (!taken) {
      SystemCalls.close(pipe.readEnd());
    }
  }
}

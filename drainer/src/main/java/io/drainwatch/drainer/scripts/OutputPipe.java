package io.drainwatch.drainer.scripts;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A pipe for a script's output that stays open as long as anybody writes to it.
 *
 * <p>The JDK's own pipe is emptied and closed as soon as the child exits: what a background process
 * prints later is lost (drain-scripts.md 6.4), and it dies of SIGPIPE at that. So it would not be
 * "left alone", and a BOSH drain would lose the number that its background process prints.
 */
final class OutputPipe implements AutoCloseable {

  private final InputStream in;
  private final int writeEnd;
  private boolean taken;

  private OutputPipe(InputStream in, int writeEnd) {
    this.in = in;
    this.writeEnd = writeEnd;
  }

  static OutputPipe open() throws IOException {
    SystemCalls.Pipe pipe = SystemCalls.pipe();
    try {
      return new OutputPipe(new FileInputStream(file(pipe.readEnd())), pipe.writeEnd());
    } catch (IOException e) {
      SystemCalls.close(pipe.writeEnd());
      throw e;
    } finally {
      SystemCalls.close(pipe.readEnd()); // the stream has its own descriptor
    }
  }

  /** For the script. */
  ProcessBuilder.Redirect writeEnd() {
    return ProcessBuilder.Redirect.to(file(writeEnd));
  }

  /** From now on it is the taker's to close. */
  InputStream takeIn() {
    taken = true;
    return in;
  }

  /** Closes our copy of the write end, the script has its own; and the read end nobody took. */
  @Override
  public void close() throws IOException {
    SystemCalls.close(writeEnd);
    if (!taken) {
      in.close();
    }
  }

  private static File file(int descriptor) {
    return new File("/proc/self/fd/" + descriptor);
  }
}

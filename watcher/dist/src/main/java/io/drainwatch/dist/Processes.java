package io.drainwatch.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Programs that must end well. */
final class Processes {
  private Processes() {}

  /** What it said; an error says it too. */
  static String run(ProcessBuilder program) throws IOException, InterruptedException {
    Process process = program.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    if (code != 0) {
      throw new IOException(program.command().getFirst() + " ended with " + code + ": " + said);
    }
    return said;
  }
}

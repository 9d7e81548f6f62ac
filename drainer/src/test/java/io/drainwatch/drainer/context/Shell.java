package io.drainwatch.drainer.context;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs scripts in real processes. */
final class Shell {
  private Shell() {}

  record Result(int exitCode, String output, String errors) {
    /** What an example says first, on standard error, of what it chose. */
    String choice() {
      return errors.strip().split(":", 2)[0];
    }
  }

  /** Runs a script's text in this shell, with these variables, PATH and nothing else. */
  static Result run(String shell, String text, Map<String, String> variables, Path work)
      throws IOException, InterruptedException {
    Path script = Files.writeString(work.resolve("script.sh"), text);
    return execute(List.of(shell, script.toString()), variables, work);
  }

  /** Runs a command as it is, with these variables, PATH unless they have one, and nothing else. */
  static Result execute(List<String> command, Map<String, String> variables, Path work)
      throws IOException, InterruptedException {
    Path output = work.resolve("output");
    Path errors = work.resolve("errors");
    ProcessBuilder process =
        new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    process.environment().clear();
    process.environment().put("PATH", System.getenv("PATH"));
    process.environment().putAll(variables);
    Process running = process.start();
    if (!running.waitFor(20, TimeUnit.SECONDS)) {
      running.destroyForcibly();
      throw new IllegalStateException("the script has not ended: " + command);
    }
    return new Result(running.exitValue(), read(output), read(errors));
  }

  static boolean exists(String shell) {
    for (String directory : System.getenv("PATH").split(":", -1)) {
      if (Files.isExecutable(Path.of(directory, shell))) {
        return true;
      }
    }
    return false;
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}

package io.drainwatch.drainer.context;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a script's text in a real shell, with these variables, PATH and nothing else. */
final class Shell {
  private Shell() {}

  record Result(int exitCode, String output, String errors) {
    String firstWord() {
      return output.strip().split(" ", 2)[0];
    }
  }

  static Result run(String shell, String text, Map<String, String> variables, Path work)
      throws IOException, InterruptedException {
    Path script = Files.writeString(work.resolve("script.sh"), text);
    Path output = work.resolve("output");
    Path errors = work.resolve("errors");
    ProcessBuilder process =
        new ProcessBuilder(shell, script.toString())
            .directory(work.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    process.environment().clear();
    process.environment().put("PATH", System.getenv("PATH"));
    process.environment().putAll(variables);
    Process running = process.start();
    if (!running.waitFor(20, TimeUnit.SECONDS)) {
      running.destroyForcibly();
      throw new IllegalStateException("the script has not ended: " + text);
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

package io.drainwatch.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The distribution as somebody unpacked it on a machine without any Java. */
record Unpacked(Path home, Path outside) {
  record Result(int code, String out, String err) {}

  /** Not below /tmp: from there no hook is run. */
  static Unpacked in(Path directory) throws IOException, InterruptedException {
    Order order = Order.fromProperties();
    Path place = order.directory().resolve("a place");
    Staging.empty(place);
    Processes.run(
        new ProcessBuilder("tar", "-xzf", order.archive().toString(), "-C", place.toString()));
    return new Unpacked(place.resolve(order.name()), directory);
  }

  Path launcher() {
    return home.resolve("bin/drainwatch");
  }

  ProcessBuilder builder(Map<String, String> environment, Path command, String... arguments) {
    List<String> whole = new ArrayList<>(List.of(command.toString()));
    whole.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(whole).directory(outside.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    builder.environment().put("LANG", "C.UTF-8");
    builder.environment().put("HOME", home.getParent().toString());
    builder.environment().put("DRAINWATCH_JVM_ROOTS", outside.resolve("none").toString());
    builder.environment().putAll(environment);
    return builder;
  }

  Result run(Map<String, String> environment, String... arguments) throws Exception {
    return run(builder(environment, launcher(), arguments));
  }

  static Result run(ProcessBuilder builder) throws Exception {
    Path err = Files.createTempFile(builder.directory().toPath(), "err", "");
    Process process = builder.redirectError(err.toFile()).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("still runs: " + builder.command());
    }
    return new Result(process.exitValue(), out, Files.readString(err));
  }
}

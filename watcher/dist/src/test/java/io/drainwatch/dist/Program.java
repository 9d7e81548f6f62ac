package io.drainwatch.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

/** A command of the distribution as it was staged; killed at the end, whatever happens. */
record Program(Process process, Path log) implements AutoCloseable {

  static Program start(Order order, Path directory, String... arguments) throws IOException {
    Path log = Files.createTempFile(directory, "said", "");
    List<String> command = new ArrayList<>(List.of(order.home() + "/bin/drainwatch"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("LANG", "C.UTF-8");
    return new Program(builder.start(), log);
  }

  String said() throws IOException {
    return Files.readString(log);
  }

  Callable<Boolean> says(Pattern what) {
    return () -> what.matcher(said()).find();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}

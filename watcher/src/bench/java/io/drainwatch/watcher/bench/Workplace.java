package io.drainwatch.watcher.bench;

import io.drainwatch.drainer.maintenance.Hook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A directory of our own below the home directory, where scripts pass the safety checks. */
record Workplace(Path path) implements AutoCloseable {

  static Workplace create() throws IOException {
    Path base = Path.of(System.getProperty("user.home"), ".cache", "drainwatch");
    Files.createDirectories(base);
    return new Workplace(Files.createTempDirectory(base, "bench-").toRealPath());
  }

  Path hooks() {
    return path.resolve("hooks.d");
  }

  void script(Hook hook, String name, String body) throws IOException {
    script(hooks().resolve(hook.word()), name, body);
  }

  /** In a directory of this place, which nobody else may write to. */
  void script(Path directory, String name, String body) throws IOException {
    Files.createDirectories(directory);
    Path script = directory.resolve(name);
    Files.writeString(script, "#!/bin/sh\n" + body + "\n");
    Path each = script;
    while (!each.equals(path)) {
      Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
      each = Objects.requireNonNull(each.getParent());
    }
  }

  /** The last of what the processes said. */
  String logs() {
    StringBuilder all = new StringBuilder();
    for (String command : List.of("run", "drainer")) {
      try {
        List<String> lines = Files.readAllLines(path.resolve(command + ".log"));
        lines
            .subList(Math.max(0, lines.size() - 15), lines.size())
            .forEach(line -> all.append(command).append(": ").append(line).append('\n'));
      } catch (IOException e) {
        all.append(command).append(": ").append(e).append('\n');
      }
    }
    return all.toString();
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}

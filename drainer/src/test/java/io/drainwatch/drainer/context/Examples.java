package io.drainwatch.drainer.context;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What lies in {@code config/examples}. */
final class Examples {
  private Examples() {}

  /** A row of the README's first table: what a script chooses for each kind of event. */
  record UseCase(String id, String script, List<String> choices, String whenDeploymentDeleted) {
    String choice(EventColumn column, boolean deploymentDeleted) {
      return deploymentDeleted && !whenDeploymentDeleted.equals("same")
          ? whenDeploymentDeleted
          : choices.get(column.ordinal());
    }

    Path path() {
      return directory().resolve("use-cases").resolve(script);
    }

    boolean isPreStop() {
      return id.equals("C02");
    }
  }

  /** The repository's directory: tests run in the module's directory or in the repository's. */
  static Path directory() {
    Path here = Path.of("config", "examples").toAbsolutePath();
    return Files.exists(here) ? here : Path.of("..", "config", "examples").toAbsolutePath();
  }

  static List<UseCase> useCases() {
    try (Stream<String> lines = Files.lines(directory().resolve("README.md"))) {
      return lines
          .filter(line -> line.matches("\\| C\\d\\d \\|.*"))
          .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
          .map(
              cells ->
                  new UseCase(
                      cells.get(1),
                      cells.get(2).replace("`", ""),
                      cells.subList(3, 3 + EventColumn.values().length),
                      cells.get(3 + EventColumn.values().length)))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Every file below this directory, relative to it. */
  static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).map(directory::relativize).sorted().toList();
    }
  }

  static Path copy(Path from, Path to) throws IOException {
    for (Path file : files(from)) {
      Files.createDirectories(to.resolve(file).getParent());
      Files.copy(from.resolve(file), to.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
    }
    return to;
  }
}

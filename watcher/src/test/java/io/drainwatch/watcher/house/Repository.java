package io.drainwatch.watcher.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files that stand in the root of the repository. */
final class Repository {
  private Repository() {}

  static Path file(String name) {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.isRegularFile(directory.resolve("mvnw"))) {
      directory = directory.getParent();
      if (directory == null) {
        throw new AssertionError("not run from within the repository");
      }
    }
    return directory.resolve(name);
  }

  static String text(String name) throws IOException {
    return Files.readString(file(name));
  }
}

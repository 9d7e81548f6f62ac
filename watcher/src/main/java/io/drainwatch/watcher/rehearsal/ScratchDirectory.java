package io.drainwatch.watcher.rehearsal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A place of our own for state and hooks, removed at the end. The safety checks of scripts are the
 * real ones, so it lies where nobody else can write: below the user's runtime or home directory,
 * not in the temporary directory that everybody shares.
 */
public final class ScratchDirectory implements AutoCloseable {
  private final Path path;

  private ScratchDirectory(Path path) {
    this.path = path;
  }

  public static ScratchDirectory create(Map<String, String> environment) throws IOException {
    List<String> tried = new ArrayList<>();
    for (Path base : candidates(environment)) {
      try {
        Files.createDirectories(
            base,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return new ScratchDirectory(Files.createTempDirectory(base, "rehearsal-").toRealPath());
      } catch (IOException e) {
        tried.add(base + " (" + e + ")");
      }
    }
    throw new IOException(
        "no directory for the rehearsal can be made, tried "
            + String.join(", ", tried)
            + ". Set HOME to a directory that you can write to.");
  }

  private static List<Path> candidates(Map<String, String> environment) {
    return Stream.of(
            Optional.ofNullable(environment.get("XDG_RUNTIME_DIR"))
                .map(directory -> Path.of(directory, "drainwatch")),
            Optional.ofNullable(environment.get("XDG_CACHE_HOME"))
                .map(directory -> Path.of(directory, "drainwatch")),
            Optional.ofNullable(environment.get("HOME"))
                .map(directory -> Path.of(directory, ".cache", "drainwatch")))
        .flatMap(Optional::stream)
        .filter(Path::isAbsolute)
        .toList();
  }

  public Path path() {
    return path;
  }

  /**
   * Copies scripts, so that a clone that others may write to does not get them refused, and nothing
   * is written beside the original.
   *
   * @param name of the copy
   */
  Path copyOf(Path hooks, String name) throws IOException {
    Path target = path.resolve(name);
    try (Stream<Path> files = Files.walk(hooks.toRealPath(), FileVisitOption.FOLLOW_LINKS)) {
      for (Path file : files.filter(Files::exists).sorted().toList()) {
        Path copy = target.resolve(hooks.toRealPath().relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.setPosixFilePermissions(
            copy,
            PosixFilePermissions.fromString(Files.isExecutable(file) ? "rwxr-xr-x" : "rw-r--r--"));
      }
    }
    return target;
  }

  @Override
  public void close() {
    try {
      Files.walkFileTree(
          path,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                Path directory, @org.jspecify.annotations.Nullable IOException failure)
                throws IOException {
              Files.delete(directory);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("the rehearsal's directory is left behind: " + path, e);
    }
  }
}

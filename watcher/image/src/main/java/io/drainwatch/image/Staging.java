package io.drainwatch.image;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A part of the image as a directory, before it becomes a layer: sorted, of root, with fixed times.
 */
final class Staging {
  /** Not the epoch itself: to the JVM a file of time 0 is no file. */
  static final Instant TIME = Instant.ofEpochSecond(1);

  private final String name;
  private final Path root;

  /**
   * @param root stands for {@code /} of the image; emptied
   */
  Staging(String name, Path root) throws IOException {
    this.name = name;
    this.root = root;
    empty(root);
  }

  static Path empty(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> old = Files.walk(directory)) {
        for (Path each : old.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
    return Files.createDirectories(directory);
  }

  /** Where a path of the image is; the directories above it are made. */
  Path at(String path) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    return file;
  }

  void copy(Path from, String path) throws IOException {
    Files.copy(from, at(path), StandardCopyOption.REPLACE_EXISTING);
  }

  void copyTree(Path from, String path) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        copy(each, path + "/" + from.relativize(each));
        if (Files.isExecutable(each)) {
          executable(path + "/" + from.relativize(each));
        }
      }
    }
  }

  void write(String path, byte[] content) throws IOException {
    Files.write(at(path), content);
  }

  void executable(String path) throws IOException {
    if (!root.resolve(path).toFile().setExecutable(true, false)) {
      throw new IOException("cannot be made executable: " + path);
    }
  }

  FileEntriesLayer layer() throws IOException {
    FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
    for (Path each : files()) {
      boolean runs = Files.isDirectory(each) || Files.isExecutable(each);
      layer.addEntry(
          each,
          AbsoluteUnixPath.get("/" + root.relativize(each)),
          FilePermissions.fromOctalString(runs ? "755" : "644"),
          TIME,
          "0:0");
    }
    return layer.build();
  }

  /** The times are in the layer anyway; a cache made of these files compares them. */
  void settleTimes() throws IOException {
    for (Path each : files()) {
      Files.setLastModifiedTime(each, FileTime.from(TIME));
    }
  }

  /** The same files below another directory, beside those of other parts. */
  void linkInto(Path other) throws IOException {
    for (Path each : files()) {
      Path to = other.resolve(root.relativize(each));
      if (Files.isDirectory(each)) {
        Files.createDirectories(to);
      } else {
        Files.createLink(to, each);
      }
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(each -> !each.equals(root)).sorted().toList();
    }
  }
}

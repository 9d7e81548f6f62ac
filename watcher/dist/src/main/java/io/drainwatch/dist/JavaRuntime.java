package io.drainwatch.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A runtime of the JDK that this runs on, with the modules that the jars need. A JDK without {@code
 * jmods} links for its own architecture only, and so do we.
 */
public final class JavaRuntime {
  /**
   * What {@code jdeps} finds in the jars ({@code ModulesTest}), and: zipfs, by which Micronaut
   * looks into jars.
   */
  public static final List<String> MODULES =
      List.of(
          "java.base",
          "java.desktop",
          "java.logging",
          "java.management",
          "java.naming",
          "java.rmi",
          "java.sql",
          "jdk.httpserver",
          "jdk.jfr",
          "jdk.management",
          "jdk.unsupported",
          "jdk.zipfs");

  /**
   * Screens, fonts, pictures, sound: java.beans needs none of it. And the archive for heaps of 32
   * GiB and more.
   */
  private static final String NOT_NEEDED =
      "lib(awt|awt_headless|awt_xawt|fontmanager|freetype|javajpeg|jawt|jsound|lcms|mlib_image"
          + "|splashscreen)\\.so|psfont.*|fontconfig.*|classes_nocoops\\.jsa";

  /** Whether Java's own archive of classes is made too, which counts where no other cache fits. */
  public enum Archive {
    DEFAULT,
    NONE
  }

  private JavaRuntime() {}

  /**
   * By jlink in a process of its own: in another JVM's, what it writes depends on what that JVM did
   * before.
   */
  public static void link(Path directory, Archive archive)
      throws IOException, InterruptedException {
    Path excluded = Files.createTempFile("drainwatch", ".jlink");
    try {
      Files.writeString(excluded, BeansOnly.exclusion());
      List<String> command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "jlink").toString(),
                  "--add-modules",
                  String.join(",", MODULES),
                  "--vm",
                  "server",
                  "--no-header-files",
                  "--no-man-pages",
                  "--strip-debug",
                  "--exclude-resources=@" + excluded,
                  // what it is shipped in is compressed as a whole; uncompressed it starts sooner
                  "--compress",
                  "zip-0",
                  "--output",
                  directory.toString()));
      if (archive == Archive.DEFAULT) {
        command.add("--generate-cds-archive");
      }
      Processes.run(new ProcessBuilder(command));
    } finally {
      Files.delete(excluded);
    }
    try (Stream<Path> files = Files.walk(directory.resolve("lib"))) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().matches(NOT_NEEDED)) {
          Files.delete(file);
        }
      }
    }
  }
}

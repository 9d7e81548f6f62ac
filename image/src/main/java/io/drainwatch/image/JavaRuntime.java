package io.drainwatch.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A runtime of the JDK that this runs on, with the modules that the jars need. A JDK without {@code
 * jmods} links for its own architecture only, and so do we.
 */
final class JavaRuntime {
  /**
   * What {@code jdeps} finds in the jars ({@code ModulesTest}), and: zipfs, by which Micronaut
   * looks into jars. {@code java.desktop} is for {@code java.beans} alone.
   */
  static final List<String> MODULES =
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

  private JavaRuntime() {}

  /**
   * By jlink in a process of its own: in another JVM's, what it writes depends on what that JVM did
   * before.
   */
  static void link(Path directory) throws IOException, InterruptedException {
    Process jlink =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jlink").toString(),
                "--add-modules",
                String.join(",", MODULES),
                "--vm",
                "server",
                "--no-header-files",
                "--no-man-pages",
                "--strip-debug",
                // layers are compressed as a whole; uncompressed it starts sooner
                "--compress",
                "zip-0",
                // used where no cache of our own fits
                "--generate-cds-archive",
                "--output",
                directory.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(jlink.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = jlink.waitFor();
    if (code != 0) {
      throw new IOException("jlink ended with " + code + ": " + said);
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

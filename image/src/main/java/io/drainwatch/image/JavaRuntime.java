package io.drainwatch.image;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * A runtime of the JDK that this runs on, with the modules that the jars need. A JDK without {@code
 * jmods} links for its own architecture only, and so do we.
 */
final class JavaRuntime {
  /**
   * What {@code jdeps} finds in the jars ({@code ModulesTest}), and: zipfs, by which Micronaut looks
   * into jars. {@code java.desktop} is for {@code java.beans} alone.
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

  /** Screens, fonts, pictures, sound: java.beans needs none of it. */
  private static final String NOT_NEEDED =
      "lib(awt|awt_headless|awt_xawt|fontmanager|freetype|javajpeg|jawt|jsound|lcms|mlib_image"
          + "|splashscreen)\\.so|psfont.*|fontconfig.*";

  private JavaRuntime() {}

  static void link(Path directory) throws IOException {
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    int code =
        ToolProvider.findFirst("jlink")
            .orElseThrow(() -> new IOException("this Java has no jlink; a JDK is needed"))
            .run(
                out,
                out,
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
                directory.toString());
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

package io.drainwatch.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is to be built, as watcher/dist/pom.xml says it by system properties.
 *
 * @param directory where everything goes
 * @param classPath of the watcher
 * @param azure the jars that only the Azure commands open
 * @param time of every file
 * @param bills of materials of the modules, as far as they were made
 */
record Order(
    Path directory,
    Path sources,
    List<Path> classPath,
    List<Path> azure,
    String version,
    Instant time,
    List<Path> bills,
    Debian debian) {

  /**
   * @param version may be another than that of the jars, for tests
   * @param compression as jdeb calls it: none, gzip, bzip2, xz
   */
  record Debian(String version, String maintainer, String compression) {
    /** 0.1.0~SNAPSHOT is before 0.1.0. */
    static String version(String version) {
      return version.replace('-', '~');
    }
  }

  static Order fromProperties() throws IOException {
    return new Order(
        path("dist.directory"),
        path("dist.sources"),
        jars("dist.classpath", "dist.watcher"),
        jars("dist.azure.classpath", "dist.azure"),
        property("dist.version"),
        Instant.parse(property("dist.created")),
        Arrays.stream(property("dist.bills").split(":", -1))
            .map(each -> Path.of(each).toAbsolutePath().normalize())
            .filter(Files::exists)
            .toList(),
        new Debian(
            Debian.version(property("dist.version")),
            property("deb.maintainer"),
            property("deb.compression")));
  }

  /** What a module depends on, and its own jar. */
  private static List<Path> jars(String classPath, String own) throws IOException {
    String file = Files.readString(path(classPath)).strip();
    return Stream.concat(Arrays.stream(file.split(":", -1)).map(Path::of), Stream.of(path(own)))
        .toList();
  }

  private static Path path(String name) {
    return Path.of(property(name)).toAbsolutePath().normalize();
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("-D" + name + " is missing");
    }
    return value;
  }

  /** The same in another directory. */
  Order in(Path elsewhere) {
    return new Order(elsewhere, sources, classPath, azure, version, time, bills, debian);
  }

  /** The same as another package. */
  Order as(Debian another) {
    return new Order(directory, sources, classPath, azure, version, time, bills, another);
  }

  /** Of the directory in the archive, and of the archive. */
  String name() {
    return "drainwatch-" + version + "-linux-" + architecture();
  }

  /** As Debian calls it. */
  static String architecture() {
    return switch (System.getProperty("os.arch")) {
      case "amd64", "x86_64" -> "amd64";
      case "aarch64" -> "arm64";
      case String other -> throw new IllegalStateException("no distribution for " + other);
    };
  }

  Path home() {
    return directory.resolve(name());
  }

  Path archive() {
    return directory.resolve(name() + ".tar.gz");
  }

  Path debianPackage() {
    return directory.resolve("drainwatch_" + version + "_" + architecture() + ".deb");
  }

  /** The one that is in the archive, for whom wants to read it first. */
  Path bill() {
    return directory.resolve(name() + ".sbom.json");
  }
}

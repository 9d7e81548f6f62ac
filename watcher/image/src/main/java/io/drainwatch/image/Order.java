package io.drainwatch.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is to be built, as watcher/image/pom.xml says it by system properties.
 *
 * @param jar the program itself
 * @param libraries everything else on its class path
 * @param azure the jars that ask Azure, which are never on the class path; none: left out
 * @param model jar with the model of an API server, for the training of the ahead-of-time cache;
 *     none: no cache
 * @param base another base image, as jib writes it: NAME, registry://NAME, tar://FILE
 * @param to name in a registry, to push it too
 * @param debian mirror
 * @param bills of materials of the modules, as far as they were made
 */
record Order(
    Path directory,
    Path sources,
    Path jar,
    List<Path> libraries,
    List<Path> azure,
    Optional<Path> model,
    String version,
    Instant created,
    Optional<String> base,
    Optional<String> to,
    String debian,
    List<Path> bills) {

  static Order fromProperties() throws IOException {
    String classpath = Files.readString(Path.of(property("image.classpath"))).strip();
    return new Order(
        Path.of(property("image.directory")).toAbsolutePath().normalize(),
        Path.of(property("image.sources")).toAbsolutePath().normalize(),
        Path.of(property("image.jar")),
        Arrays.stream(classpath.split(":", -1)).map(Path::of).sorted().toList(),
        azureJars(),
        jarOfTheModel(),
        property("image.version"),
        Instant.parse(property("image.created")),
        given("image.base"),
        Optional.empty(),
        property("image.debian"),
        Arrays.stream(property("image.bills").split(":", -1))
            .map(Path::of)
            .filter(Files::exists)
            .toList());
  }

  private static List<Path> azureJars() throws IOException {
    if (!Boolean.parseBoolean(property("image.with-azure"))) {
      return List.of();
    }
    Path directory = Path.of(property("image.azure"));
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
      if (jars.isEmpty()) {
        throw new IOException(
            "no jars in " + directory + "; -Dimage.with-azure=false leaves them out");
      }
      return jars;
    }
  }

  private static Optional<Path> jarOfTheModel() throws IOException {
    if (!Boolean.parseBoolean(property("image.cache"))) {
      return Optional.empty();
    }
    Path jar = Path.of(property("image.model"));
    if (!Files.exists(jar)) {
      throw new IOException(
          jar + " is not built, by which the cache is made; -Dimage.cache=false does without");
    }
    return Optional.of(jar);
  }

  private static String property(String name) {
    return given(name).orElseThrow(() -> new IllegalArgumentException("-D" + name + " is missing"));
  }

  /** Maven leaves an empty property as it stands in the POM. */
  private static Optional<String> given(String name) {
    return Optional.ofNullable(System.getProperty(name))
        .filter(value -> !value.isBlank() && !value.startsWith("${"));
  }

  /** As Debian and registries call it. */
  static String architecture() {
    return switch (System.getProperty("os.arch")) {
      case "amd64", "x86_64" -> "amd64";
      case "aarch64" -> "arm64";
      case String other -> throw new IllegalStateException("no image for " + other);
    };
  }

  /** The same image, in another directory and pushed to another place. */
  Order in(Path elsewhere, String pushed) {
    return new Order(
        elsewhere,
        sources,
        jar,
        libraries,
        azure,
        model,
        version,
        created,
        base,
        Optional.of(pushed),
        debian,
        bills);
  }

  /** What the program runs with, in the order in which it is looked for. */
  List<Path> classPath() {
    return Stream.concat(Stream.of(jar), libraries.stream())
        .sorted(Comparator.comparing(Path::getFileName))
        .toList();
  }

  /** With the jars beside the class path. */
  List<Path> all() {
    return Stream.concat(classPath().stream(), azure.stream()).toList();
  }

  boolean isOurs(Path library) {
    return library.getFileName().toString().startsWith("drainwatch-");
  }
}

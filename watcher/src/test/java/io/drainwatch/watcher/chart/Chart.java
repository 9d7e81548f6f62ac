package io.drainwatch.watcher.chart;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The chart of this repository, rendered and linted by Helm itself, without a cluster. */
final class Chart {
  static final Path DIRECTORY = Path.of("../chart");
  static final String RELEASE = "dw";
  static final String NAMESPACE = "drains";
  static final String KUBERNETES = "1.33.0";

  private static final ObjectMapper JSON = new ObjectMapper();

  private Chart() {}

  /** Helm comes as a native library, which there is for x86 only. */
  static void assumeHelm() {
    String architecture = System.getProperty("os.arch");
    assumeTrue(
        List.of("amd64", "x86_64").contains(architecture),
        "helm-java brings no Helm for " + architecture + ": the chart was not rendered");
  }

  static Manifests render(Values values) {
    return render(values, RELEASE, NAMESPACE, KUBERNETES);
  }

  static Manifests render(Values values, String release, String namespace, String kubernetes) {
    Path file = write(values);
    try {
      TemplateCommand command =
          new Helm(DIRECTORY)
              .template()
              .withName(release)
              .withNamespace(namespace)
              .withKubeVersion(kubernetes)
              .withValuesFile(file);
      return Manifests.read(command.call());
    } finally {
      delete(file);
    }
  }

  /** What Helm says about values it does not take. */
  static Optional<String> refusal(Values values) {
    return refusal(values, KUBERNETES);
  }

  static Optional<String> refusal(Values values, String kubernetes) {
    try {
      render(values, RELEASE, NAMESPACE, kubernetes);
      return Optional.empty();
    } catch (IllegalStateException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** Helm lints a directory with its own values only, so it gets a copy with these as its own. */
  static LintResult lint(Values values) throws IOException {
    Path copy = Files.createTempDirectory("chart").resolve("drainwatch");
    try {
      for (Path file : files(DIRECTORY)) {
        Path target = copy.resolve(DIRECTORY.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
      JsonNode merged =
          JSON.readerForUpdating(defaults()).readValue(JSON.writeValueAsBytes(values.tree()));
      JSON.writeValue(copy.resolve("values.yaml").toFile(), merged);
      return new Helm(copy).lint().strict().quiet().call();
    } finally {
      for (Path file : all(copy.getParent()).reversed()) {
        Files.delete(file);
      }
    }
  }

  /** A copy to do with as one likes. */
  static JsonNode defaults() {
    return Defaults.READ.deepCopy();
  }

  private static final class Defaults {
    static final JsonNode READ = read();

    private static JsonNode read() {
      try {
        return new YAMLMapper().readTree(DIRECTORY.resolve("values.yaml").toFile());
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  static JsonNode schema() throws IOException {
    return JSON.readTree(DIRECTORY.resolve("values.schema.json").toFile());
  }

  private static List<Path> files(Path directory) throws IOException {
    return all(directory).stream().filter(Files::isRegularFile).toList();
  }

  private static List<Path> all(Path directory) throws IOException {
    try (Stream<Path> found = Files.walk(directory)) {
      return found.toList();
    }
  }

  /** JSON is YAML too. */
  private static Path write(Values values) {
    try {
      Path file = Files.createTempFile("values", ".yaml");
      JSON.writeValue(file.toFile(), values.tree());
      return file;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}

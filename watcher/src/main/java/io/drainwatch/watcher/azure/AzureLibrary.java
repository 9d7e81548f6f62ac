package io.drainwatch.watcher.azure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * Shell: the directory of jars that know the Azure SDK. They are no part of the daemon's class
 * path; a class loader of its own is opened over them the first time that somebody asks, and sees
 * everything that the daemon's does.
 */
public final class AzureLibrary {
  /** Names another directory; not one of the configuration, which rules all of drainwatch.* */
  public static final String PROPERTY = "io.drainwatch.azure.library";

  /** Where Drainwatch is installed; the launcher says so. */
  private static final String HOME = "DRAINWATCH_HOME";

  /** In a source tree, in an installation. */
  private static final List<String> PLACES = List.of("watcher/azure/target/lib", "azure");

  private AzureLibrary() {}

  /** What came of looking for it. */
  public sealed interface Opening {
    record Opened(AzureAccess access) implements Opening {}

    /**
     * @param sentence what is missing and what to do
     */
    record Missing(String sentence) implements Opening {}
  }

  public static Opening open(Map<String, String> environment, Properties system) {
    Optional<String> named = Optional.ofNullable(system.getProperty(PROPERTY));
    List<Path> places =
        named.map(name -> List.of(Path.of(name))).orElseGet(() -> places(environment));
    for (Path place : places) {
      List<URL> jars = jars(place);
      if (!jars.isEmpty()) {
        return access(place, jars);
      }
    }
    return new Opening.Missing(
        "The part that talks to Azure is not here: no jars in "
            + String.join(" or ", places.stream().map(Path::toString).toList())
            + ". In a clone start ./drainwatch, which builds it; in an installation copy"
            + " watcher/azure/target/lib there, or name its directory with -D"
            + PROPERTY
            + "=DIR.");
  }

  private static List<Path> places(Map<String, String> environment) {
    Path home = Path.of(environment.getOrDefault(HOME, "")).toAbsolutePath();
    return PLACES.stream().map(home::resolve).toList();
  }

  private static Opening access(Path place, List<URL> jars) {
    URLClassLoader loader =
        new URLClassLoader("azure", jars.toArray(URL[]::new), AzureLibrary.class.getClassLoader());
    try {
      // lives as long as the process: a command's, or a drainer's that uses it to the end
      return ServiceLoader.load(AzureAccess.class, loader)
          .findFirst()
          .<Opening>map(Opening.Opened::new)
          .orElseGet(
              () -> new Opening.Missing(place + " has jars, but not those of this Drainwatch."));
    } catch (ServiceConfigurationError | LinkageError e) {
      return new Opening.Missing(
          "The jars in " + place + " do not go with this Drainwatch: " + e.getMessage());
    }
  }

  private static List<URL> jars(Path place) {
    if (!Files.isDirectory(place)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(place)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".jar"))
          .sorted()
          .map(AzureLibrary::url)
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static URL url(Path file) {
    try {
      return file.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }
}

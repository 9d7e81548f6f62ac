package io.drainwatch.watcher.configuration;

import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.env.PropertySource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The configuration from its sources, as Micronaut ranks them: system properties over the
 * environment over the file. Read without a context, so that {@code hooks list} or {@code doctor}
 * answer at once; {@code run} builds its context by {@link #applyTo} from the very same values.
 *
 * <p>Beyond Micronaut: variables with a number are entries of a list, and a list comes from one
 * source as a whole. Short of Micronaut: a key has one spelling, in kebab-case; files named by
 * {@code MICRONAUT_CONFIG_FILES} and a directory {@code config/} under the working directory are
 * not read, as a daemon must not depend on where it is started.
 */
public final class LoadedSettings {
  public static final Path DEFAULT_FILE = Path.of("/etc/drainwatch/drainwatch.yml");

  private static final List<String> OTHER_FILES =
      List.of("MICRONAUT_CONFIG_FILES", "micronaut.config.files");

  private final Reading reading;
  private final Map<String, Given> file;
  private final Map<String, String> environment;
  private final Map<String, String> system;

  private LoadedSettings(
      Reading reading,
      Map<String, Given> file,
      Map<String, String> environment,
      Map<String, String> system) {
    this.reading = reading;
    this.file = file;
    this.environment = environment;
    this.system = system;
  }

  /**
   * @param configFile empty: no file, all defaults; a file that is named must be there
   */
  public static LoadedSettings load(
      Optional<Path> configFile, Map<String, String> environment, Properties system) {
    Map<String, String> properties = new TreeMap<>();
    system.stringPropertyNames().forEach(name -> properties.put(name, system.getProperty(name)));
    YamlFile.Content content =
        configFile.map(YamlFile::read).orElseGet(() -> new YamlFile.Content(Map.of(), List.of()));
    Map<String, Given> file = content.given();
    if (file.isEmpty() && !content.faults().isEmpty()) {
      return new LoadedSettings(
          new Reading.Faults(content.faults()), file, environment, properties);
    }
    Map<String, Given> variables = new VariableNames(SettingsReader.knownKeys()).read(environment);
    Map<String, Given> merged = Layers.merge(List.of(file, variables, ofSystem(properties)));
    Placeholders.Filled filled = Placeholders.fill(merged, environment, properties);
    List<Fault> faults = new ArrayList<>(content.faults());
    faults.addAll(filled.faults());
    Reading reading =
        switch (SettingsReader.readGiven(filled.given())) {
          case Reading.Faults found -> {
            faults.addAll(found.faults());
            yield new Reading.Faults(faults);
          }
          case Reading.Read read when !faults.isEmpty() -> new Reading.Faults(faults);
          case Reading.Read(DrainwatchSettings settings, List<String> remarks) ->
              new Reading.Read(
                  settings,
                  with(remarks, remarks(configFile, file, variables, environment, properties)));
        };
    return new LoadedSettings(reading, file, environment, properties);
  }

  private static Map<String, Given> ofSystem(Map<String, String> properties) {
    Map<String, Given> given = new TreeMap<>();
    properties.forEach(
        (name, value) -> {
          String key = FlatKeys.canonical(name);
          if (key.startsWith(SettingsReader.ROOT + '.')
              || key.equals(SettingsReader.SERVER_HOST)
              || key.equals(SettingsReader.SERVER_PORT)) {
            given.put(key, new Given(value, "system property " + PrintedValue.plain(name)));
          }
        });
    return given;
  }

  private static List<String> with(List<String> remarks, List<String> others) {
    List<String> all = new ArrayList<>(remarks);
    all.addAll(others);
    return all;
  }

  private static List<String> remarks(
      Optional<Path> configFile,
      Map<String, Given> file,
      Map<String, Given> variables,
      Map<String, String> environment,
      Map<String, String> properties) {
    List<String> remarks = new ArrayList<>();
    for (String name : OTHER_FILES) {
      if (environment.containsKey(name) || properties.containsKey(name)) {
        remarks.add(name + " is not obeyed: settings are read from --config alone");
      }
    }
    if (hasPolicy(file) && (hasPolicy(variables) || hasPolicy(ofSystem(properties)))) {
      remarks.add("the policy of the file does not count: another is given outside of it");
    }
    configFile.flatMap(FileModes::remark).ifPresent(remarks::add);
    return remarks;
  }

  private static boolean hasPolicy(Map<String, Given> given) {
    return given.keySet().stream().map(Layers::whole).anyMatch(PolicyReader.KEY::equals);
  }

  public Reading reading() {
    return reading;
  }

  /** Whether any source says something to the framework beyond the address. */
  public boolean tellsTheFramework() {
    return file.keySet().stream().anyMatch(KnownKeys::isLeftToMicronaut)
        || system.keySet().stream().map(FlatKeys::canonical).anyMatch(KnownKeys::isLeftToMicronaut)
        || environment.keySet().stream().anyMatch(KnownKeys::isVariableLeftToMicronaut);
  }

  /**
   * Makes the context read these sources and no others but the application's own {@code
   * application.yml}; {@link DrainwatchSettings} is a bean in it.
   *
   * @throws IllegalStateException if there are faults
   */
  public ApplicationContextBuilder applyTo(ApplicationContextBuilder builder) {
    return switch (reading) {
      case Reading.Faults faults -> throw new IllegalStateException(faults.message());
      case Reading.Read read ->
          builder
              .overrideConfigLocations("classpath:/")
              .deduceEnvironment(false)
              .banner(false)
              .propertySources(
                  ContextSources.of(read.settings(), file, environment, system)
                      .toArray(PropertySource[]::new))
              .singletons(read.settings());
    };
  }
}

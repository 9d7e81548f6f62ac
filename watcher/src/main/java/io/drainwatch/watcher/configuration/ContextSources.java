package io.drainwatch.watcher.configuration;

import io.micronaut.context.env.AbstractPropertySourceLoader;
import io.micronaut.context.env.EnvironmentPropertySource;
import io.micronaut.context.env.MapPropertySource;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.SystemPropertiesPropertySource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The sources as Micronaut takes them. Apart, so that its classes load only for a context.
 *
 * <p>Of file, environment and system properties the context gets what is the framework's; what is
 * ours it gets as it was understood, defaults and all, so that {@code drainwatch.*} in a context
 * cannot mean something else than in {@link DrainwatchSettings}.
 */
final class ContextSources {
  private static final String FILE = "drainwatch-file";
  private static final String SETTINGS = "drainwatch-settings";

  // over everything: all sources are in it already
  private static final int SETTINGS_ORDER = SystemPropertiesPropertySource.POSITION + 50;

  // over application.yml, as Micronaut ranks files given by name
  private static final int FILE_ORDER = AbstractPropertySourceLoader.DEFAULT_POSITION + 50;

  private ContextSources() {}

  static List<PropertySource> of(
      DrainwatchSettings settings,
      Map<String, Given> file,
      Map<String, String> environment,
      Map<String, String> system) {
    Map<String, Object> values = new LinkedHashMap<>();
    file.forEach(
        (key, given) -> {
          if (KnownKeys.isLeftToMicronaut(key)) {
            values.put(key, given.value());
          }
        });
    Map<String, Object> ours = new LinkedHashMap<>();
    FlatKeys.of(settings.toMap()).forEach((key, given) -> ours.put(key, given.value()));
    return List.of(
        source(SETTINGS, ours, SETTINGS_ORDER, PropertySource.PropertyConvention.JAVA_PROPERTIES),
        source(FILE, values, FILE_ORDER, PropertySource.PropertyConvention.JAVA_PROPERTIES),
        source(
            EnvironmentPropertySource.NAME,
            forMicronaut(environment),
            EnvironmentPropertySource.POSITION,
            PropertySource.PropertyConvention.ENVIRONMENT_VARIABLE),
        source(
            SystemPropertiesPropertySource.NAME,
            new LinkedHashMap<>(system),
            SystemPropertiesPropertySource.POSITION,
            PropertySource.PropertyConvention.JAVA_PROPERTIES));
  }

  /**
   * Micronaut makes 2^n keys of a variable with n underscores, and in a cluster there are hundreds
   * of variables with many; only those for the framework are passed on. Placeholders find the
   * others all the same.
   */
  private static Map<String, Object> forMicronaut(Map<String, String> environment) {
    Map<String, Object> kept = new LinkedHashMap<>();
    environment.forEach(
        (name, value) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (KnownKeys.PASSED_ON.stream().anyMatch(root -> lower.startsWith(root + '_'))) {
            kept.put(name, value);
          }
        });
    return kept;
  }

  private static PropertySource source(
      String name,
      Map<String, Object> values,
      int order,
      PropertySource.PropertyConvention convention) {
    return new MapPropertySource(name, values) {
      @Override
      public int getOrder() {
        return order;
      }

      @Override
      public PropertyConvention getConvention() {
        return convention;
      }
    };
  }
}

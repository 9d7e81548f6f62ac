package io.drainwatch.watcher.configuration;

import io.micronaut.context.env.DefaultPropertyPlaceholderResolver;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.core.value.MapPropertyResolver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fills in {@code ${NAME:default}} by Micronaut's own rules, from the environment, the system
 * properties and the keys given. Micronaut's classes are touched only if there is a placeholder at
 * all: they cost a command line call more than everything else here.
 */
final class Placeholders {
  private static final String START = "${";

  /** What was filled in, and the values in which that was not possible. */
  record Filled(Map<String, Given> given, List<Fault> faults) {}

  private Placeholders() {}

  static Filled fill(
      Map<String, Given> given, Map<String, String> environment, Map<String, String> system) {
    boolean none =
        given.entrySet().stream().noneMatch(each -> hasPlaceholder(each.getKey(), each.getValue()));
    return none ? new Filled(given, List.of()) : filled(given, environment, system);
  }

  // what is not ours Micronaut fills in itself
  private static boolean hasPlaceholder(String key, Given given) {
    return !KnownKeys.isLeftToMicronaut(key)
        && given.text().map(text -> text.contains(START)).orElse(false);
  }

  private static Filled filled(
      Map<String, Given> given, Map<String, String> environment, Map<String, String> system) {
    Map<String, Object> names = new HashMap<>(environment);
    given.forEach((key, each) -> each.text().ifPresent(text -> names.put(key, text)));
    names.putAll(system);
    var resolver =
        new DefaultPropertyPlaceholderResolver(
            new MapPropertyResolver(names), ConversionService.SHARED);
    Map<String, Given> filled = new LinkedHashMap<>(given);
    List<Fault> faults = new ArrayList<>();
    given.forEach(
        (key, each) -> {
          if (hasPlaceholder(key, each)) {
            fill(resolver, each.text().orElse(""))
                .ifPresentOrElse(
                    text -> filled.put(key, new Given(text, each.origin())),
                    () -> {
                      filled.remove(key);
                      faults.add(
                          new Fault(
                              PrintedValue.plain(key),
                              PrintedValue.of(key, each),
                              "a placeholder names neither a variable nor a key, and has no"
                                  + " default; ${NAME:default} is expected",
                              each.origin()));
                    });
          }
        });
    return new Filled(filled, faults);
  }

  private static Optional<String> fill(DefaultPropertyPlaceholderResolver resolver, String text) {
    try {
      return Optional.of(resolver.resolveRequiredPlaceholders(text));
    } catch (RuntimeException e) {
      // Micronaut says "cannot" by ConfigurationException, and by others for text it cannot split;
      // the cause may hold the text, which may be a secret
      return Optional.empty();
    }
  }
}

package io.drainwatch.drainer.slipstream;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * SlipStream mode as configured.
 *
 * @param on {@code slipstream.enabled}; off: no hook has a script
 * @param directory {@code slipstream.dir}
 * @param names {@code slipstream.pattern}
 * @param actions {@code slipstream.actions}
 * @param exitCode {@code slipstream.exit-code}
 * @param drainVariables {@code slipstream.drain-variables}: DRAIN_* beside SlipStream's own
 */
public record SlipStreamSettings(
    boolean on,
    Path directory,
    ScalingNames names,
    ScalingActions actions,
    ScalingExitCode exitCode,
    boolean drainVariables) {

  public static final Path DEFAULT_DIRECTORY = Path.of("/etc/drainwatch/slipstream");

  public SlipStreamSettings {
    if (!directory.isAbsolute()) {
      throw new IllegalArgumentException("slipstream.dir must be absolute: " + directory);
    }
  }

  /** Nothing configured but that it is on. */
  public static SlipStreamSettings defaults() {
    return new SlipStreamSettings(
        true,
        DEFAULT_DIRECTORY,
        ScalingNames.byDefault(),
        ScalingActions.OF_THE_TABLE,
        ScalingExitCode.STRICT,
        true);
  }

  /** SlipStream mode is off. */
  public static SlipStreamSettings off() {
    SlipStreamSettings on = defaults();
    return new SlipStreamSettings(
        false, on.directory, on.names, on.actions, on.exitCode, on.drainVariables);
  }

  /** What became of reading the configuration. */
  public sealed interface Reading {
    record Read(SlipStreamSettings settings) implements Reading {}

    /** All that is wrong at once, a sentence each, beginning with the key. */
    record Wrong(List<String> errors) implements Reading {
      public Wrong {
        errors = List.copyOf(errors);
      }
    }
  }

  /**
   * Reads the words of the configuration.
   *
   * @param pattern empty: the default
   * @param actions words by event type
   * @param exitCode empty: strict
   */
  public static Reading read(
      boolean on,
      Path directory,
      Optional<String> pattern,
      Map<String, String> actions,
      Optional<String> exitCode,
      boolean drainVariables) {
    List<String> errors = new ArrayList<>();
    ScalingNames names =
        pattern.map(given -> ScalingNames.read(given, errors)).orElseGet(ScalingNames::byDefault);
    ScalingActions byType = ScalingActions.read(actions, errors);
    Optional<ScalingExitCode> code = exitCode.flatMap(ScalingExitCode::of);
    if (exitCode.isPresent() && code.isEmpty()) {
      errors.add(
          "slipstream.exit-code: '%s' is neither strict nor ignore".formatted(exitCode.get()));
    }
    if (!directory.isAbsolute()) {
      errors.add("slipstream.dir: '%s' is no absolute path".formatted(directory));
    }
    return errors.isEmpty()
        ? new Reading.Read(
            new SlipStreamSettings(
                on, directory, names, byType, code.orElse(ScalingExitCode.STRICT), drainVariables))
        : new Reading.Wrong(errors);
  }
}

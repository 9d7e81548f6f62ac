package io.drainwatch.watcher.cli;

import io.drainwatch.watcher.configuration.DrainwatchSettings;
import io.drainwatch.watcher.configuration.LoadedSettings;
import io.drainwatch.watcher.configuration.Reading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --config}, for the commands that go by the daemon's settings. */
final class ConfigurationOption {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "The daemon's configuration. Default: /etc/drainwatch/drainwatch.yml if it is there")
  private @Nullable Path named;

  ConfigurationOption() {
    this(Optional.empty());
  }

  /**
   * @param named what is not read from a line
   */
  ConfigurationOption(Optional<Path> named) {
    this.named = named.orElse(null);
  }

  /** The file named; else the usual one where it exists. */
  Optional<Path> file() {
    if (named != null) {
      return Optional.of(named);
    }
    return Optional.of(LoadedSettings.DEFAULT_FILE).filter(Files::exists);
  }

  Reading reading(Caller caller) {
    return LoadedSettings.load(file(), caller.environment(), caller.system()).reading();
  }

  /** The settings, or the end of the command with all that is wrong with them. */
  DrainwatchSettings settings(Caller caller) {
    return switch (reading(caller)) {
      case Reading.Read read -> read.settings();
      case Reading.Faults faults ->
          throw new CommandStopped(
              ExitCode.CONFIGURATION,
              "The configuration has faults, so nothing is done:\n" + faults.message());
    };
  }
}

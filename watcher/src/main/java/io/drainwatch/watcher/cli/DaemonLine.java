package io.drainwatch.watcher.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * The line that starts a daemon, as services write it: found without the table of commands, of
 * which a daemon would keep 400 classes for as long as it runs. Whatever is written otherwise, help
 * too, is for the table.
 *
 * @param command run or drainer
 * @param configuration the file that is named
 */
record DaemonLine(String command, Optional<Path> configuration) {
  static final String RUN = "run";
  static final String DRAINER = "drainer";

  private static final Set<String> DAEMONS = Set.of(RUN, DRAINER);
  private static final String OPTION = "--config";

  /** Empty: not as plain as that. */
  static Optional<DaemonLine> of(String... arguments) {
    if (!startsOne(arguments)) {
      return Optional.empty();
    }
    return switch (arguments.length) {
      case 1 -> Optional.of(new DaemonLine(arguments[0], Optional.empty()));
      case 2 ->
          arguments[1].startsWith(OPTION + "=")
              ? named(arguments[0], arguments[1].substring(OPTION.length() + 1))
              : Optional.empty();
      case 3 -> arguments[1].equals(OPTION) ? named(arguments[0], arguments[2]) : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** Whether a daemon is to be started, however it is written. */
  static boolean startsOne(String... arguments) {
    return arguments.length > 0 && DAEMONS.contains(arguments[0]);
  }

  /** An option instead of a file, a file of arguments, nothing: the table has its say. */
  private static Optional<DaemonLine> named(String command, String file) {
    return file.isEmpty() || file.startsWith("-") || file.startsWith("@")
        ? Optional.empty()
        : Optional.of(new DaemonLine(command, Optional.of(Path.of(file))));
  }
}

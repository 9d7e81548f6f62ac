package io.drainwatch.watcher.cli;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The browser of whoever sits here, by the desktop's own program: {@code xdg-open} where there is a
 * screen, {@code open} on a Mac. Without a screen none: over SSH it would be a text browser in the
 * middle of what the command prints.
 */
record Browser(Map<String, String> environment, String system) {

  Browser {
    environment = Map.copyOf(environment);
  }

  static Browser ofThisMachine(Map<String, String> environment) {
    return new Browser(environment, System.getProperty("os.name", ""));
  }

  /** The program that opens an address; empty: there is none. */
  Optional<Path> program() {
    boolean isMac = system.toLowerCase(Locale.ROOT).startsWith("mac");
    boolean hasScreen =
        isMac
            || Stream.of("DISPLAY", "WAYLAND_DISPLAY")
                .anyMatch(name -> !environment.getOrDefault(name, "").isBlank());
    if (!hasScreen) {
      return Optional.empty();
    }
    return Stream.of(
            environment.getOrDefault("PATH", "").split(Pattern.quote(File.pathSeparator), -1))
        .filter(directory -> directory.startsWith("/"))
        .map(directory -> Path.of(directory, isMac ? "open" : "xdg-open"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Whether it was told to open the address; it is not waited for. */
  boolean open(URI address) {
    Optional<Path> program = program();
    if (program.isEmpty()) {
      return false;
    }
    try {
      new ProcessBuilder(List.of(program.get().toString(), address.toString()))
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      return true;
    } catch (IOException e) {
      return false; // the address is printed anyhow
    }
  }
}

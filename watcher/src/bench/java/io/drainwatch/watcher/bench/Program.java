package io.drainwatch.watcher.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is measured: Drainwatch by its launcher, or another tool by its command line.
 *
 * @param name for the table
 * @param line with {@code {url}} for the simulator's address and {@code {kubeconfig}} for the API
 *     server's
 */
record Program(String name, List<String> line) {

  /** {@code bench.launcher}; the repository's own launcher where it is not given. */
  static Path launcher() {
    String given = System.getProperty("bench.launcher", "");
    return given.isBlank()
        ? Path.of(System.getProperty("bench.home"), "drainwatch")
        : Path.of(given).toAbsolutePath();
  }

  /**
   * {@code bench.kubernetes}: what runs on Kubernetes, where that is another one, as from the
   * image.
   */
  static Path onKubernetes() {
    String given = System.getProperty("bench.kubernetes", "");
    return given.isBlank() ? launcher() : Path.of(given).toAbsolutePath();
  }

  /** {@code bench.peer}: {@code NAME=PATH ARGUMENT...}, further ones after a semicolon. */
  static List<Program> peers() {
    String given = System.getProperty("bench.peer", "");
    return Stream.of(given.split(";"))
        .map(String::strip)
        .filter(peer -> !peer.isEmpty())
        .map(
            peer -> {
              String[] parts = peer.split("=", 2);
              return new Program(parts[0], List.of(parts[1].strip().split(" +")));
            })
        .toList();
  }

  static DaemonProcess drainwatch(
      Path launcher, Workplace workplace, String command, String settings) throws IOException {
    Path configuration = workplace.path().resolve(command + ".yml");
    Files.writeString(configuration, settings);
    return start(
        workplace,
        command,
        List.of(launcher.toString(), command, "--config", configuration.toString()));
  }

  DaemonProcess start(Workplace workplace, String url, String kubeconfig) throws IOException {
    List<String> filled = new ArrayList<>();
    for (String word : line) {
      filled.add(word.replace("{url}", url).replace("{kubeconfig}", kubeconfig));
    }
    return start(workplace, name, filled);
  }

  private static DaemonProcess start(Workplace workplace, String name, List<String> line)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.redirectErrorStream(true);
    builder.redirectOutput(workplace.path().resolve(name + ".log").toFile());
    long begun = System.nanoTime();
    return new DaemonProcess(builder.start(), begun);
  }

  /**
   * {@code bench.archive}; beside the distribution's directory, where the build puts it, unless
   * given.
   */
  static Optional<Path> archive() throws IOException {
    String given = System.getProperty("bench.archive", "");
    if (!given.isBlank()) {
      return Optional.of(Path.of(given));
    }
    Path home = launcher().toRealPath().resolveSibling("..").normalize();
    return Optional.of(home.resolveSibling(home.getFileName() + ".tar.gz")).filter(Files::exists);
  }

  /** Of all files beside and below the launcher; nothing for the one of the source tree. */
  static long bytesOfDistribution() throws IOException {
    Path bin = launcher().toRealPath().getParent();
    if (bin == null || Files.exists(bin.resolve("pom.xml"))) {
      return 0;
    }
    Path root = bin.endsWith("bin") && bin.getParent() != null ? bin.getParent() : bin;
    try (Stream<Path> files = Files.walk(root)) {
      long bytes = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.isSymbolicLink(file) ? 0 : Files.size(file);
      }
      return bytes;
    }
  }
}

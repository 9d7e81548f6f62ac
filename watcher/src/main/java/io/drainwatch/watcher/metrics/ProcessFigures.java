package io.drainwatch.watcher.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What this process takes, from {@code /proc}; NaN where that is not to be had. Instead of
 * Micrometer's JVM binders, which load the management beans to tell some sixty figures.
 */
final class ProcessFigures {
  private static final double UNKNOWN = Double.NaN;

  private final Path process;

  ProcessFigures(Path process) {
    this.process = process;
  }

  static ProcessFigures ofThisProcess() {
    return new ProcessFigures(Path.of("/proc/self"));
  }

  double residentBytes() {
    return status("VmRSS:") * 1024;
  }

  double threads() {
    return status("Threads:");
  }

  double openDescriptors() {
    try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
      return descriptors.count();
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  private double status(String name) {
    try (Stream<String> lines = Files.lines(process.resolve("status"))) {
      return lines
          .filter(line -> line.startsWith(name))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(UNKNOWN);
    } catch (IOException | RuntimeException e) {
      return UNKNOWN;
    }
  }
}

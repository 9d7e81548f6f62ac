package io.drainwatch.watcher.bench;

import io.drainwatch.watcher.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A command as the launcher starts it, looked at through /proc. */
record DaemonProcess(Process process, long begunAt) implements AutoCloseable {
  private static final int CLOCK_TICKS_PER_SECOND = 100;

  static DaemonProcess start(Simulator simulator, Workplace workplace) throws IOException {
    return start(simulator, workplace, "");
  }

  /**
   * @param more lines of the configuration below {@code drainwatch:}, with their indentation
   */
  static DaemonProcess start(Simulator simulator, Workplace workplace, String more)
      throws IOException {
    return start(
        workplace,
        "run",
        "64m",
        """
        drainwatch:
          metadata:
            url: %s
          state-dir: %s
          hooks:
            directories: [%s]
        %s
        micronaut:
          server:
            port: -1
        """
            .formatted(
                simulator.baseUrl(), workplace.path().resolve("state"), workplace.hooks(), more));
  }

  /**
   * @param command run or drainer
   * @param heap the most
   */
  static DaemonProcess start(Workplace workplace, String command, String heap, String settings)
      throws IOException {
    Path configuration = workplace.path().resolve(command + ".yml");
    Files.writeString(configuration, settings);
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xms8m",
            "-Xmx" + heap,
            "-Xss256k",
            "-XX:-UsePerfData",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:AsyncDeflationInterval=5000",
            "-XX:ServiceThreadCleanupInterval=5000",
            "--enable-native-access=ALL-UNNAMED",
            "-classpath",
            System.getProperty("bench.classpath"),
            "io.drainwatch.watcher.Drainwatch",
            command,
            "--config",
            configuration.toString()));
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().put("MALLOC_ARENA_MAX", "1");
    builder.redirectErrorStream(true);
    builder.redirectOutput(workplace.path().resolve(command + ".log").toFile());
    long begun = System.nanoTime();
    return new DaemonProcess(builder.start(), begun);
  }

  /** A sum over all mappings, in KiB. */
  long rollup(String field) throws IOException {
    return field("smaps_rollup", field);
  }

  long residentKilobytes() throws IOException {
    return status("VmRSS:");
  }

  long anonymousKilobytes() throws IOException {
    return status("RssAnon:");
  }

  long threads() throws IOException {
    return status("Threads:");
  }

  /** Less those that the JDK has for each process that it started. */
  long ownThreads() throws IOException {
    List<Path> names;
    try (Stream<Path> tasks = Files.list(proc().resolve("task"))) {
      names = tasks.map(task -> task.resolve("comm")).toList();
    }
    long own = 0;
    for (Path name : names) {
      own += isReaper(name) ? 0 : 1;
    }
    return own;
  }

  private static boolean isReaper(Path name) throws IOException {
    try {
      return Files.readString(name).startsWith("process reaper");
    } catch (NoSuchFileException _) {
      return true; // a thread that ended meanwhile is nobody's
    }
  }

  long descriptors() throws IOException {
    try (Stream<Path> files = Files.list(proc().resolve("fd"))) {
      return files.count();
    }
  }

  /** User and system time so far. */
  Duration cpu() throws IOException {
    return cpu(proc());
  }

  /** Of the threads of that name, none of which has ended. */
  Duration cpuOf(String thread) throws IOException {
    List<Path> tasks;
    try (Stream<Path> all = Files.list(proc().resolve("task"))) {
      tasks = all.toList();
    }
    Duration sum = Duration.ZERO;
    for (Path task : tasks) {
      try {
        if (Files.readString(task.resolve("comm")).strip().equals(thread)) {
          sum = sum.plus(cpu(task));
        }
      } catch (NoSuchFileException _) {
        // ended meanwhile
      }
    }
    return sum;
  }

  private static Duration cpu(Path task) throws IOException {
    String stat = Files.readString(task.resolve("stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    return Duration.ofMillis(ticks * 1000 / CLOCK_TICKS_PER_SECOND);
  }

  /** After a full collection. */
  long heapUsedKilobytes() throws IOException, InterruptedException {
    jcmd("GC.run");
    return jcmd("GC.heap_info")
        .lines()
        .filter(line -> line.matches("\\s*(DefNew|Tenured) .*used \\d+K.*"))
        .mapToLong(line -> Long.parseLong(line.replaceAll(".*used (\\d+)K.*", "$1")))
        .sum();
  }

  private String jcmd(String what) throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process.pid()),
                what)
            .redirectErrorStream(true)
            .start();
    String text =
        new String(jcmd.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    jcmd.waitFor(10, TimeUnit.SECONDS);
    return text;
  }

  private Path proc() {
    return Path.of("/proc", Long.toString(process.pid()));
  }

  private long status(String field) throws IOException {
    return field("status", field);
  }

  private long field(String file, String field) throws IOException {
    return Files.readAllLines(proc().resolve(file)).stream()
        .filter(line -> line.startsWith(field))
        .map(line -> line.replaceAll("[^0-9]", ""))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElse(-1);
  }

  String line() throws IOException {
    return String.format(
        Locale.ROOT,
        "resident %.1f MiB, anonymous %.1f MiB, %d threads, %d descriptors",
        residentKilobytes() / 1024.0,
        anonymousKilobytes() / 1024.0,
        threads(),
        descriptors());
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}

package io.drainwatch.watcher.doctor;

import io.drainwatch.drainer.scripts.ScriptRunner;
import io.drainwatch.watcher.doctor.MachineFacts.Clock;
import io.drainwatch.watcher.doctor.MachineFacts.Java;
import io.drainwatch.watcher.doctor.MachineFacts.Systemd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Shell: looks at this machine and this process.
 *
 * @param root of the file system; another one for tests
 */
record MachineLook(Path root, Map<String, String> environment) {
  private static final List<String> JAVA_VARIABLES =
      List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");
  private static final List<String> TIME_KEEPERS =
      List.of("chronyd", "ntpd", "ntpsec", "openntpd", "systemd-timesyn");

  /** Names as the kernel cuts them, at 15 bytes. */
  private static final Set<String> OTHERS =
      Set.of("aks-node-termin", "azure-scheduled", "node-terminatio", "drainsafe");

  private static final String UNIT = "drainwatch.service";

  MachineFacts look() {
    Set<String> programs = programs();
    return new MachineFacts(
        uid(),
        System.getProperty("user.name", "?"),
        java(),
        Stream.of("usr/bin/setsid", "bin/setsid").map(root::resolve).anyMatch(Files::isExecutable),
        clock(programs),
        systemd(),
        new TempDiskLook(root).look(),
        programs.stream().filter(OTHERS::contains).toList());
  }

  private int uid() {
    // Uid: real, effective, saved, file system
    return read("proc/self/status").stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith("Uid:"))
        .map(line -> line.split("\\s+", -1))
        .filter(fields -> fields.length > 2)
        .mapToInt(fields -> Integer.parseUnsignedInt(fields[2]))
        .findFirst()
        .orElse(-1);
  }

  private Java java() {
    return new Java(
        Runtime.version().feature(),
        Runtime.version().toString(),
        Runtime.getRuntime().maxMemory(),
        ScriptRunner.class.getModule().isNativeAccessEnabled(),
        ManagementFactory.getRuntimeMXBean()
            .getInputArguments()
            .contains("-XX:+ExitOnOutOfMemoryError"),
        JAVA_VARIABLES.stream().filter(environment::containsKey).toList());
  }

  private Clock clock(Set<String> programs) {
    Optional<String> by = TIME_KEEPERS.stream().filter(programs::contains).findFirst();
    boolean isTimesyncd = by.filter("systemd-timesyn"::equals).isPresent();
    return new Clock(
        by.map(name -> isTimesyncd ? "systemd-timesyncd" : name),
        isTimesyncd
            ? Optional.of(Files.exists(root.resolve("run/systemd/timesync/synchronized")))
            : Optional.empty());
  }

  private Systemd systemd() {
    if (!Files.isDirectory(root.resolve("run/systemd/system"))) {
      return new Systemd(false, Optional.empty(), false, Optional.empty());
    }
    Optional<Path> unit =
        Stream.of("etc", "run", "usr/local/lib", "usr/lib", "lib")
            .map(place -> root.resolve(place).resolve("systemd/system").resolve(UNIT))
            .filter(Files::exists)
            .findFirst();
    return new Systemd(true, unit, isEnabled(), unit.flatMap(this::userOf));
  }

  private boolean isEnabled() {
    return children(root.resolve("etc/systemd/system")).stream()
        .filter(each -> each.toString().endsWith(".wants"))
        .anyMatch(
            wants -> Files.exists(wants.resolve(UNIT), java.nio.file.LinkOption.NOFOLLOW_LINKS));
  }

  /** The last word counts: the unit's own first, then what was edited over it. */
  private Optional<String> userOf(Path unit) {
    Path edits = root.resolve("etc/systemd/system/" + UNIT + ".d");
    return Stream.concat(Stream.of(unit), children(edits).stream().sorted())
        .flatMap(file -> read(file).stream())
        .flatMap(String::lines)
        .map(String::strip)
        .filter(line -> line.startsWith("User="))
        .map(line -> line.substring("User=".length()).strip())
        .reduce((earlier, later) -> later)
        .filter(name -> !name.isEmpty() && !name.equals("root"));
  }

  /** What runs here, by name. */
  private Set<String> programs() {
    Set<String> names = new TreeSet<>();
    for (Path process : children(root.resolve("proc"))) {
      if (String.valueOf(process.getFileName()).matches("\\d+")) {
        read(process.resolve("comm")).map(String::strip).ifPresent(names::add);
      }
    }
    return names;
  }

  private static List<Path> children(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of(); // not there, or not for this user
    }
  }

  private Optional<String> read(String path) {
    return read(root.resolve(path));
  }

  private static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file));
    } catch (IOException e) {
      return Optional.empty(); // a process that has just ended, a file that is not there
    }
  }
}

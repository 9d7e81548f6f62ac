package io.drainwatch.watcher.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The real launcher among JDKs and a Maven that are shell scripts; nothing else is on its PATH. */
final class FakeHouse {
  private static final List<String> TOOLS =
      List.of(
          "sh",
          "cat",
          "dirname",
          "find",
          "flock",
          "head",
          "mkdir",
          "mv",
          "readlink",
          "rm",
          "sed",
          "tail",
          "touch");

  /** Spaces, and what a shell might take for more than text. */
  private static final String NAME = "my clone $HOME *";

  final Path root;
  final Path home;
  final Map<String, String> environment = new HashMap<>();

  record Outcome(int code, String out, String err) {}

  FakeHouse(Path root) throws IOException {
    this.root = root;
    this.home = Files.createDirectory(root.resolve(NAME));
    Path tools = Files.createDirectory(root.resolve("tools"));
    for (String tool : TOOLS) {
      for (String place : List.of("/bin", "/usr/bin")) {
        Path real = Path.of(place, tool);
        if (Files.isExecutable(real) && !Files.exists(tools.resolve(tool))) {
          executable(tools.resolve(tool), "#!/bin/sh\nexec " + real + " \"$@\"\n");
        }
      }
    }
    environment.put("PATH", tools.toString());
    environment.put("DRAINWATCH_JVM_ROOTS", root.resolve("no jvm").toString());
    Files.copy(Repository.file("drainwatch"), home.resolve("drainwatch"));
  }

  /** A clone of the sources, with a Maven that notes its calls and makes the jars. */
  FakeHouse cloned() throws IOException {
    for (String module : List.of("drainer", "watcher")) {
      write(home.resolve(module + "/pom.xml"), "");
      write(home.resolve(module + "/src/main/java/A.java"), "");
    }
    write(home.resolve("pom.xml"), "");
    maven(
        """
        echo "$JAVA_HOME $*" >>calls
        mkdir -p watcher/target/lib
        : >watcher/target/drainwatch-watcher-1.jar
        : >watcher/target/drainwatch-watcher-1-tests.jar
        """);
    return this;
  }

  /** With the part that talks to Azure, which Maven builds unless it is told not to. */
  FakeHouse withAzure() throws IOException {
    write(home.resolve("watcher/azure/pom.xml"), "");
    write(home.resolve("watcher/azure/src/main/java/A.java"), "");
    write(home.resolve("watcher/src/main/java/io/drainwatch/watcher/azure/A.java"), "");
    maven(
        """
        echo "$JAVA_HOME $*" >>calls
        mkdir -p watcher/target/lib
        : >watcher/target/drainwatch-watcher-1.jar
        case "$*" in *!watcher/azure*) ;; *) mkdir -p watcher/azure/target/lib ;; esac
        """);
    return this;
  }

  void maven(String script) throws IOException {
    executable(home.resolve("mvnw"), "#!/bin/sh\n" + script);
  }

  FakeHouse built() throws IOException {
    cloned();
    Files.createDirectories(home.resolve("watcher/target/lib"));
    write(home.resolve("watcher/target/drainwatch-watcher-1.jar"), "");
    write(home.resolve("watcher/target/launcher-built"), "");
    for (Path source : List.of(home.resolve("pom.xml"), home.resolve("drainer"))) {
      age(source);
    }
    age(home.resolve("watcher/pom.xml"));
    age(home.resolve("watcher/src"));
    return this;
  }

  private static void age(Path path) throws IOException {
    try (var all = Files.walk(path)) {
      for (Path each : all.toList()) {
        touch(each, "2020-01-01T00:00:00Z");
      }
    }
  }

  static void renew(Path path) throws IOException {
    touch(path, "2100-01-01T00:00:00Z");
  }

  static void touch(Path path, String at) throws IOException {
    Files.setLastModifiedTime(path, FileTime.from(Instant.parse(at)));
  }

  FakeHouse installed() throws IOException {
    write(home.resolve("lib/drainwatch-watcher-1.jar"), "");
    return this;
  }

  int builds() throws IOException {
    return calls().size();
  }

  List<String> calls() throws IOException {
    Path calls = home.resolve("calls");
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  /** A JDK whose java tells what it was started with. */
  Path jdk(String where, String version) throws IOException {
    Path jdk = jre(where, version);
    executable(jdk.resolve("bin/javac"), "#!/bin/sh\n");
    return jdk;
  }

  Path jre(String where, String version) throws IOException {
    Path jdk = root.resolve(where);
    write(jdk.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\n");
    executable(
        jdk.resolve("bin/java"),
        """
        #!/bin/sh
        if [ "$*" = -version ]; then
          echo 'openjdk version "%s" 2026-01-01' >&2
          exit 0
        fi
        echo "java=$0"
        echo "umask=$(umask)"
        echo "arenas=$MALLOC_ARENA_MAX"
        for argument in "$@"; do
          echo "<$argument>"
        done
        exit 7
        """
            .formatted(version));
    return jdk;
  }

  Outcome run(String... arguments) throws Exception {
    return runAs(home.resolve("drainwatch"), root, arguments);
  }

  Outcome runAs(Path launcher, Path workingDirectory, String... arguments) throws Exception {
    return start(launcher, workingDirectory, arguments).outcome();
  }

  Running start(Path launcher, Path workingDirectory, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(root, "out", "");
    Path err = Files.createTempFile(root, "err", "");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(workingDirectory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return new Running(builder.start(), out, err);
  }

  record Running(Process process, Path out, Path err) {
    Outcome outcome() throws Exception {
      int code = process.waitFor();
      return new Outcome(code, Files.readString(out), Files.readString(err));
    }
  }

  static void write(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  static void executable(Path file, String content) throws IOException {
    write(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}

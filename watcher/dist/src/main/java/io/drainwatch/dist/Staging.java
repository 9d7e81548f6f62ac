package io.drainwatch.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The unpacked distribution, but for the ahead-of-time cache. */
final class Staging {
  private final Order order;
  private final Path home;

  Staging(Order order) {
    this.order = order;
    this.home = order.home();
  }

  void build() throws IOException, InterruptedException {
    empty(home);
    // no room for Java's own archive beside ours
    JavaRuntime.link(home.resolve("runtime"), JavaRuntime.Archive.NONE);
    libraries();
    copy(order.sources().resolve("drainwatch"), "bin/drainwatch");
    Path config = order.sources().resolve("config");
    copyTree(config, "config");
    // where hooks look for it
    copy(config.resolve("drain.sh"), "drain.sh");
    copy(order.sources().resolve("LICENSE"), "LICENSE");
    copy(order.sources().resolve("README.md"), "README.md");
    if (!order.bills().isEmpty()) {
      bill();
    }
    helpFiles();
    settle();
  }

  private void libraries() throws IOException {
    Libraries libraries = Libraries.of(order.classPath(), order.azure());
    try (StoredJars jars =
        new StoredJars(
            Stream.concat(order.classPath().stream(), order.azure().stream()).toList())) {
      store(jars, libraries.daemon(), "lib");
      store(jars, libraries.kubernetes(), "lib");
      store(jars, libraries.azure(), "azure");
    }
    Files.writeString(home.resolve("lib/classpath"), libraries.forTheLauncher());
  }

  private void bill() throws IOException {
    Bill bill = new Bill(order.bills());
    for (String directory : List.of("lib", "azure")) {
      try (Stream<Path> files = Files.list(home.resolve(directory))) {
        for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
          bill.ships(jar, directory + "/" + jar.getFileName());
        }
      }
    }
    bill.shipsJava(home.resolve("runtime"));
    bill.write(order.version(), order.time(), home.resolve(Bill.NAME));
  }

  /** Manual page and completion: the program itself writes them. */
  private void helpFiles() throws IOException, InterruptedException {
    Processes.run(
        new ProcessBuilder(
            home.resolve("runtime/bin/java").toString(),
            "-classpath",
            home.resolve("lib") + "/*",
            "io.drainwatch.watcher.cli.HelpFiles",
            home.resolve("share").toString()));
  }

  private void store(StoredJars jars, List<Path> from, String directory) throws IOException {
    for (Path jar : from) {
      jars.write(jar, at(directory + "/" + jar.getFileName()));
    }
  }

  private Path at(String path) throws IOException {
    Path file = home.resolve(path);
    Files.createDirectories(file.getParent());
    return file;
  }

  private void copy(Path from, String path) throws IOException {
    Files.copy(from, at(path));
  }

  private void copyTree(Path from, String path) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        copy(each, path + "/" + from.relativize(each));
      }
    }
  }

  /**
   * Times and modes as they will be when it is unpacked: the cache knows jars by their time and
   * size.
   */
  void settle() throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        boolean runs = Files.isDirectory(each) || Files.isExecutable(each);
        Files.setPosixFilePermissions(
            each, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
        Files.setLastModifiedTime(each, FileTime.from(order.time()));
      }
    }
  }

  static void empty(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> old = Files.walk(directory)) {
        for (Path each : old.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
    Files.createDirectories(directory);
  }
}

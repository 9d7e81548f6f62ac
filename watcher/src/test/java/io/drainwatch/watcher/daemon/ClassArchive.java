package io.drainwatch.watcher.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The classes of the tests as a JVM has them once they are read and checked (class data sharing):
 * what tests start and kill needs a third less processor time with it. Made by the first that
 * starts a process, for all JVMs of the build; where it cannot be made, processes start without.
 *
 * @param classPath the tests' own, each directory packed into a jar, for in an archive are jars
 *     alone
 * @param file empty: there is none
 */
record ClassArchive(String classPath, Optional<Path> file) {
  private static final Logger LOG = LoggerFactory.getLogger(ClassArchive.class);
  private static final Path ALL = Path.of("target", "class-archive").toAbsolutePath();
  private static final ClassArchive OF_THE_TESTS = find();

  static ClassArchive ofTheTests() {
    return OF_THE_TESTS;
  }

  /** No archive, and directories where they are. */
  static ClassArchive none() {
    return new ClassArchive(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
        Optional.empty());
  }

  List<String> options() {
    return file.map(found -> List.of("-XX:SharedArchiveFile=" + found)).orElse(List.of());
  }

  private static ClassArchive find() {
    try {
      Files.createDirectories(ALL);
      try (FileChannel channel =
              FileChannel.open(
                  ALL.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock unused = channel.lock()) {
        return in(ALL);
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("no archive of classes in {}: {}; processes start without", ALL, e.toString());
      return none();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return none();
    }
  }

  private static ClassArchive in(Path all) throws IOException, InterruptedException {
    List<Path> entries =
        Stream.of(none().classPath().split(File.pathSeparator)).map(Path::of).toList();
    Path place = all.resolve(fingerprint(entries));
    Path file = place.resolve("classes.jsa");
    List<String> packed = new ArrayList<>();
    for (Path entry : entries) {
      packed.add(
          (Files.isDirectory(entry) ? place.resolve(packed.size() + ".jar") : entry).toString());
    }
    ClassArchive archive =
        new ClassArchive(String.join(File.pathSeparator, packed), Optional.of(file));
    if (!Files.exists(file)) {
      deleteAllIn(all);
      Files.createDirectory(place);
      for (int i = 0; i < packed.size(); i++) {
        if (Files.isDirectory(entries.get(i))) {
          pack(entries.get(i), packed.get(i));
        }
      }
      archive.make(place);
    }
    return archive;
  }

  private static void pack(Path directory, String jar) throws IOException {
    int code =
        ToolProvider.findFirst("jar")
            .orElseThrow(() -> new IOException("this Java has no jar tool"))
            .run(
                System.out,
                System.err,
                "--create",
                "--no-compress",
                "--file=" + jar,
                "-C",
                directory.toString(),
                ".");
    if (code != 0) {
      throw new IOException("jar of " + directory + " ended with " + code);
    }
  }

  /** Under its name it is whole: the process that writes it may be killed. */
  private void make(Path place) throws IOException, InterruptedException {
    Path begun = place.resolve("begun.jsa");
    Path log = place.resolve("training.log");
    Process training =
        DaemonProcess.builder(
                new ClassArchive(classPath, Optional.empty()),
                List.of("-XX:ArchiveClassesAtExit=" + begun),
                ArchiveTraining.class.getName(),
                Files.createDirectory(place.resolve("training")).toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!training.waitFor(2, TimeUnit.MINUTES)) {
      training.destroyForcibly();
      throw new IOException("not made within 2 min, see " + log);
    }
    // where it ended early, as "run" refused to start there, fewer classes are in it: no harm
    if (!Files.exists(begun)) {
      throw new IOException("ended with " + training.exitValue() + ", see " + log);
    }
    Files.move(begun, file.orElseThrow());
  }

  /** Of the JVM and of what is on the class path. */
  private static String fingerprint(List<Path> entries) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(System.getProperty("java.vm.version").getBytes(UTF_8));
      for (Path entry : entries.stream().filter(Files::exists).toList()) {
        try (Stream<Path> files = Files.walk(entry)) {
          for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
            String line =
                file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file).toMillis();
            digest.update(line.getBytes(UTF_8));
          }
        }
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Those of builds before this one, which take 50 MB each. */
  private static void deleteAllIn(Path all) throws IOException {
    try (Stream<Path> files = Files.walk(all)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(all) && !file.equals(all.resolve("lock"))) {
          Files.delete(file);
        }
      }
    }
  }
}

package io.drainwatch.watcher.daemon;

import io.drainwatch.drainer.scripts.ScriptFixtures;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A daemon in a JVM of its own, which can be killed. */
final class DaemonProcess {
  private DaemonProcess() {}

  /** Runs until its input ends, so that it does not outlive the test. */
  public static void main(String[] arguments) throws Exception {
    TestVm vm = TestVm.at(URI.create(arguments[0]), Path.of(arguments[1])).start();
    System.in.readAllBytes();
    vm.stop();
  }

  static Process start(String metadataService, ScriptFixtures scripts) throws Exception {
    return java(
        List.of(),
        DaemonProcess.class.getName(),
        metadataService,
        scripts.root().getParent().toString());
  }

  /** A JVM with the class path of this one, and the archive of its classes. */
  static Process java(List<String> options, String mainClass, String... arguments)
      throws Exception {
    return start(ClassArchive.ofTheTests(), options, mainClass, arguments);
  }

  /** One that reads each of its classes itself. */
  static Process slowJava(List<String> options, String mainClass, String... arguments)
      throws Exception {
    return start(ClassArchive.none(), options, mainClass, arguments);
  }

  private static Process start(
      ClassArchive archive, List<String> options, String mainClass, String... arguments)
      throws IOException {
    return builder(archive, options, mainClass, arguments)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  static ProcessBuilder builder(
      ClassArchive archive, List<String> options, String mainClass, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(archive.options());
    command.addAll(
        List.of(
            "-Xmx128m",
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "--enable-native-access=ALL-UNNAMED",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
            "-cp",
            archive.classPath(),
            mainClass));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }
}

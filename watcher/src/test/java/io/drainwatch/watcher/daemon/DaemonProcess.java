package io.drainwatch.watcher.daemon;

import java.net.URI;
import java.nio.file.Path;
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

  static Process start(String metadataService, Path directory) throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "--enable-native-access=ALL-UNNAMED",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            DaemonProcess.class.getName(),
            metadataService,
            directory.toString());
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}

package io.drainwatch.watcher.daemon;

import io.drainwatch.drainer.slipstream.ScalingCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What a daemon takes from the world around it; tests and the rehearsal bring their own.
 *
 * @param nanoseconds monotonic, as {@link System#nanoTime}
 * @param bootId changes with every start of the kernel
 * @param slipStreamWork where SlipStream's scripts run
 * @param furtherFacts who knows more of the VM than the metadata service
 */
public record Surroundings(
    InstantSource clock,
    LongSupplier nanoseconds,
    String bootId,
    Map<String, String> environment,
    Path slipStreamWork,
    FurtherFacts furtherFacts) {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  public Surroundings {
    environment = Map.copyOf(environment);
  }

  /** Nothing further is asked for. */
  public Surroundings(
      InstantSource clock,
      LongSupplier nanoseconds,
      String bootId,
      Map<String, String> environment,
      Path slipStreamWork) {
    this(clock, nanoseconds, bootId, environment, slipStreamWork, (told, found) -> {});
  }

  public Surroundings with(FurtherFacts other) {
    return new Surroundings(clock, nanoseconds, bootId, environment, slipStreamWork, other);
  }

  public static Surroundings ofThisMachine() {
    return new Surroundings(
        InstantSource.system(),
        System::nanoTime,
        readBootId(),
        System.getenv(),
        ScalingCalls.WORK_DIRECTORY);
  }

  private static String readBootId() {
    try {
      return Files.readString(BOOT_ID).strip();
    } catch (IOException e) {
      // not Linux, or /proc is hidden: a reboot cannot be told then, which is said at the start
      return "unknown";
    }
  }
}

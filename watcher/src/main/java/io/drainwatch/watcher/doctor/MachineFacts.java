package io.drainwatch.watcher.doctor;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The machine, and the program on it.
 *
 * @param uid who this is
 * @param tempDisk empty: none is mounted
 * @param otherPrograms that watch scheduled events too, as far as their names tell
 */
public record MachineFacts(
    int uid,
    String user,
    Java java,
    boolean setsid,
    Clock clock,
    Systemd systemd,
    Optional<TempDisk> tempDisk,
    List<String> otherPrograms) {

  public MachineFacts {
    otherPrograms = List.copyOf(otherPrograms);
  }

  /**
   * This Java, which the launcher starts the daemon with as well.
   *
   * @param variables that change every Java and are set here
   */
  public record Java(
      int feature,
      String version,
      long mostHeapBytes,
      boolean nativeAccess,
      boolean exitsWhenOutOfMemory,
      List<String> variables) {}

  /**
   * Time synchronisation.
   *
   * @param by which program; empty: none was found
   * @param synchronised empty: it does not tell
   */
  public record Clock(Optional<String> by, Optional<Boolean> synchronised) {}

  /**
   * The service manager.
   *
   * @param there whether this machine runs on it
   * @param user whom the unit runs as; empty: root
   */
  public record Systemd(
      boolean there, Optional<Path> unit, boolean enabled, Optional<String> user) {}

  /** The local disk that is lost when the VM moves. */
  public record TempDisk(String mountPoint, long usedBytes) {}
}

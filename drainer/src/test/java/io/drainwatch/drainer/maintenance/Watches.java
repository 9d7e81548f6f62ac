package io.drainwatch.drainer.maintenance;

import java.util.Optional;

/** A watch with one thing in it changed. */
public final class Watches {
  private Watches() {}

  static Watch episode(Watch watch, Optional<Episode> episode) {
    return changed(
        watch,
        watch.machine(),
        episode,
        watch.recorded(),
        watch.awaitingDocument(),
        watch.empties());
  }

  static Watch machine(Watch watch, Optional<Machine> machine) {
    return changed(
        watch,
        machine,
        watch.episode(),
        watch.recorded(),
        watch.awaitingDocument(),
        watch.empties());
  }

  static Watch flags(Watch watch, boolean recorded, boolean awaitingDocument) {
    return changed(
        watch, watch.machine(), watch.episode(), recorded, awaitingDocument, watch.empties());
  }

  public static Watch empties(Watch watch, Watch.EmptyRun run) {
    return changed(
        watch,
        watch.machine(),
        watch.episode(),
        watch.recorded(),
        watch.awaitingDocument(),
        Optional.of(run));
  }

  private static Watch changed(
      Watch watch,
      Optional<Machine> machine,
      Optional<Episode> episode,
      boolean recorded,
      boolean awaitingDocument,
      Optional<Watch.EmptyRun> empties) {
    return new Watch(
        machine, episode, watch.peers(), recorded, awaitingDocument, empties, watch.newest());
  }
}

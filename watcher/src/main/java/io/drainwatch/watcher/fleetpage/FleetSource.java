package io.drainwatch.watcher.fleetpage;

import io.drainwatch.drainer.fleet.Finished;
import io.drainwatch.drainer.fleet.FleetSight;
import java.time.Instant;
import java.util.List;

/** Where the page has its facts from. Any thread may ask, and none waits for the answer. */
public interface FleetSource {
  FleetSight sight();

  /** The maintenances that this process saw end, the newest first. */
  List<Finished> finished();

  Replica replica();

  Instant now();
}

package io.drainwatch.watcher.configuration;

import java.util.List;
import java.util.Optional;

/**
 * What the operator adds to the drain context where the platform is silent ({@code
 * drainwatch.context.*}; drain-scripts.md 2.1 to 2.4).
 *
 * @param version of the context that is written; 1 is the only one
 * @param jobs names, beside the BOSH jobs found
 * @param terminateDisks what becomes of data disks at a Terminate
 * @param deploymentNextState never guessed
 * @param replacement an autoscaler brings another VM for one that goes
 * @param rawEvent whether the context carries the event as received
 * @param resourceManager whether Resource Manager is asked for what the metadata service leaves out
 */
public record DrainContextSettings(
    int version,
    List<String> jobs,
    TerminateDisks terminateDisks,
    Optional<String> deploymentName,
    DeploymentNextState deploymentNextState,
    boolean replacement,
    boolean rawEvent,
    boolean resourceManager) {
  public static final int DEFAULT_VERSION = 1;

  /** The next state of data disks at a Terminate. */
  public enum TerminateDisks {
    DELETED,
    /** Kept, detached. */
    UNAVAILABLE
  }

  /** The next state of the deployment. */
  public enum DeploymentNextState {
    UPDATED,
    DELETED
  }

  public DrainContextSettings {
    jobs = List.copyOf(jobs);
  }
}

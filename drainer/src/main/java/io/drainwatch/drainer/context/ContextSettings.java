package io.drainwatch.drainer.context;

import java.util.List;
import java.util.Optional;

/**
 * What the operator says about what the platform does not tell (drain-scripts.md 2.4 and 2.1).
 *
 * @param redeploy {@code bosh.redeploy}
 * @param terminateDisks {@code context.terminate-disks}: deleted or unavailable (kept, detached)
 * @param deploymentNextState {@code context.deployment-next-state}: updated or deleted, never
 *     guessed
 * @param replacement {@code context.replacement}: an autoscaler brings another VM for one that goes
 * @param jobs {@code context.jobs}, or the BOSH jobs found
 * @param rawEvent whether the context carries the event as received
 * @param maximumInlineBytes a variable above it is left out, the inline context too
 */
public record ContextSettings(
    Redeploy redeploy,
    NextState.Disk terminateDisks,
    NextState.Deployment deploymentNextState,
    Optional<String> deploymentName,
    boolean replacement,
    List<String> jobs,
    boolean rawEvent,
    int maximumInlineBytes) {

  /** A quarter of what Linux takes in one environment string. */
  public static final int MAXIMUM_INLINE_BYTES = 32_768;

  /** What a Redeploy is in BOSH's words. */
  public enum Redeploy {
    /** The VM is deleted, instance and persistent disk are kept. */
    RECREATE,
    KEEP
  }

  public ContextSettings {
    if (terminateDisks != NextState.Disk.DELETED && terminateDisks != NextState.Disk.UNAVAILABLE) {
      throw new IllegalArgumentException(
          "context.terminate-disks is deleted or unavailable, not " + terminateDisks.word());
    }
    if (deploymentNextState == NextState.Deployment.UNKNOWN) {
      throw new IllegalArgumentException(
          "context.deployment-next-state is updated or deleted, not unknown");
    }
    if (maximumInlineBytes < 1 || maximumInlineBytes > MAXIMUM_INLINE_BYTES) {
      throw new IllegalArgumentException(
          "the inline context has 1 to "
              + MAXIMUM_INLINE_BYTES
              + " bytes, not "
              + maximumInlineBytes);
    }
    deploymentName = deploymentName.filter(name -> !name.isBlank());
    jobs = List.copyOf(jobs);
  }

  /** The same with these jobs. */
  public ContextSettings withJobs(List<String> others) {
    return new ContextSettings(
        redeploy,
        terminateDisks,
        deploymentNextState,
        deploymentName,
        replacement,
        others,
        rawEvent,
        maximumInlineBytes);
  }

  /** Nothing configured. */
  public static ContextSettings defaults() {
    return new ContextSettings(
        Redeploy.RECREATE,
        NextState.Disk.DELETED,
        NextState.Deployment.UPDATED,
        Optional.empty(),
        false,
        List.of(),
        false,
        MAXIMUM_INLINE_BYTES);
  }
}

package io.drainwatch.drainer.cluster;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How the API server is reached, and who we are in the Events we send.
 *
 * @param kubeconfig empty: as kubectl finds it; in a pod that is the service account
 * @param context of the kubeconfig file; empty: its current one
 * @param reportingController a qualified name, as {@code drainwatch.io/drainer}
 * @param reportingInstance the pod's or machine's name
 */
public record ClusterConnection(
    Optional<Path> kubeconfig,
    Optional<String> context,
    String reportingController,
    String reportingInstance) {

  private static final int LONGEST = 128;

  public ClusterConnection {
    if (reportingController.isBlank() || reportingInstance.isBlank()) {
      throw new IllegalArgumentException("an Event names its controller and its instance");
    }
    reportingController = Line.cut(reportingController, LONGEST);
    reportingInstance = Line.cut(reportingInstance, LONGEST);
  }

  /** By the service account of the pod, or else the user's own kubeconfig. */
  public static ClusterConnection found(String reportingController, String reportingInstance) {
    return new ClusterConnection(
        Optional.empty(), Optional.empty(), reportingController, reportingInstance);
  }

  /** By a kubeconfig file, in its current context. */
  public static ClusterConnection of(
      Path kubeconfig, String reportingController, String reportingInstance) {
    return new ClusterConnection(
        Optional.of(kubeconfig), Optional.empty(), reportingController, reportingInstance);
  }
}

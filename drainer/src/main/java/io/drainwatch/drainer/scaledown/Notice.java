package io.drainwatch.drainer.scaledown;

/** The Events on a set. One enum for Event, metric and log, so that they cannot drift apart. */
public enum Notice {
  SUCCESSFUL_CREATE("SuccessfulCreate", "Create", "clean-up pod made", false),
  FAILED_CREATE("FailedCreate", "Create", "the clean-up pod was not taken by the server", true),
  SUCCESSFUL_DELETE("SuccessfulDelete", "Delete", "deleted after the clean-up", false),
  CLEANUP_SUCCESS("CleanupSuccess", "Cleanup", "the clean-up pod has succeeded", false),
  CLEANUP_FAILED(
      "CleanupFailed", "Cleanup", "the clean-up pod has failed, it is tried again", true),
  CLEANUP_PENDING("CleanupPending", "Cleanup", "the clean-up pod does not start", true),
  CLEANUP_CRASH_LOOP(
      "CleanupCrashLoop", "Cleanup", "the clean-up pod is started again and again", true),
  CLEANUP_DROPPED(
      "CleanupDropped",
      "Cleanup",
      "not to be cleaned up any more: the clean-up pod is removed, the claims stay",
      false),
  CLEANUP_REPLACED(
      "CleanupReplaced",
      "Cleanup",
      "the template has changed, the clean-up pod is made anew",
      false),
  CLEANUP_MOVED(
      "CleanupMoved",
      "Cleanup",
      "the clean-up pod had not begun and its Node is under maintenance, it is made anew elsewhere",
      false),
  INVALID_TEMPLATE(
      "InvalidTemplate",
      "Cleanup",
      "the template of the clean-up pod cannot be used, so nothing is cleaned up",
      true),
  RETENTION_CONFLICT(
      "RetentionConflict",
      "Cleanup",
      "persistentVolumeClaimRetentionPolicy.whenScaled is Delete: Kubernetes itself deletes the"
          + " claims, under a clean-up pod too, so none is made",
      true),
  AMBIGUOUS_CLAIM(
      "AmbiguousClaim", "Cleanup", "a claim's name fits two sets, so it is left alone", true);

  private final String reason;
  private final String action;
  private final String text;
  private final boolean warning;

  Notice(String reason, String action, String text, boolean warning) {
    this.reason = reason;
    this.action = action;
    this.text = text;
    this.warning = warning;
  }

  public String reason() {
    return reason;
  }

  /** The field that events.k8s.io demands beside the reason. */
  public String action() {
    return action;
  }

  public boolean isWarning() {
    return warning;
  }

  /** For people; the sender bounds it. */
  public String note(String detail) {
    return detail.isBlank() ? text : text + ": " + detail;
  }
}

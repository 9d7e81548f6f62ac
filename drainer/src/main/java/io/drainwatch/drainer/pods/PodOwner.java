package io.drainwatch.drainer.pods;

/**
 * One of a pod's owner references.
 *
 * @param apiVersion as given: {@code apps/v1}, or {@code v1} for the core group
 * @param isController at most one owner is; only that one counts as the pod's controller
 */
public record PodOwner(
    String apiVersion, String kind, String name, String uid, boolean isController) {

  /** Empty for the core group. */
  public String group() {
    int slash = apiVersion.indexOf('/');
    return slash < 0 ? "" : apiVersion.substring(0, slash);
  }

  boolean isKind(String wanted) {
    return kind.equals(wanted);
  }
}

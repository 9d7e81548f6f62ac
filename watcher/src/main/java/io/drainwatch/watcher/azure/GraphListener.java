package io.drainwatch.watcher.azure;

/** Who counts what came of asking Resource Graph; called on the asking thread. */
public interface GraphListener {

  /** What came of one query. */
  enum Result {
    /** All pages, and the VM of every Node is in sight. */
    COMPLETE,
    /** All pages, but some VMs are not in sight: of those it says nothing. */
    BLIND,
    FAILED
  }

  void answered(Result result);

  /** Nodes of which it tells events that count. */
  void standing(int nodes);
}

package io.drainwatch.drainer.coexistence;

/** What we do while another tool acts on a Node. */
public enum Conduct {
  /** Drain all the same: UIDs make double evictions harmless. */
  GO_ON,
  /** It empties the Node: keep our record, watch, evict nothing before the force point. */
  WATCH,
  /** Its drain goes on, ours waits; not for what cannot wait. */
  WAIT,
  /** Two tools that do the same: people are told once. */
  WARN
}

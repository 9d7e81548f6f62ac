package io.drainwatch.drainer.maintenance;

/** Whether anything is done at all. Nothing is ever acknowledged unless OFF. */
public enum DryRun {
  OFF,
  /** Scripts are named, not run. */
  REPORT,
  /** Native scripts are run and told so; they must do nothing themselves. */
  CALL
}

package io.drainwatch.drainer.context;

import java.util.Locale;

/**
 * The words for what becomes of each thing (drain-scripts.md 2.2). One enum per thing, because the
 * same word means something else of a disk than of a VM.
 */
public sealed interface NextState {

  String name();

  /** As written in the context and its variables. */
  default String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** In rising order of loss; of unknown a script must expect the worst. */
  enum Disk implements NextState {
    /** Content there, attached when the VM runs again. */
    AVAILABLE,
    /** Content there, attached to nothing. */
    UNAVAILABLE,
    /** Content lost. */
    DELETED,
    UNKNOWN
  }

  /** In rising order of loss, as {@link Disk}. */
  enum Job implements NextState {
    RUNNING,
    STOPPED,
    DELETED,
    UNKNOWN
  }

  /** The VM resource in BOSH's words; instance and deployment of BOSH's own three variables too. */
  enum Vm implements NextState {
    KEEP,
    DELETE
  }

  enum Instance implements NextState {
    KEEP,
    DELETE,
    UNKNOWN
  }

  enum Group implements NextState {
    UPDATED,
    SCALED_DOWN,
    REMOVED_AZ,
    DELETED,
    UNKNOWN
  }

  enum Deployment implements NextState {
    UPDATED,
    DELETED,
    UNKNOWN
  }

  /** What the VM ends up as; several at once are allowed. */
  enum Target implements NextState {
    STOPPED,
    DELETED,
    RECREATED
  }
}

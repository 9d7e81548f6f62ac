package io.drainwatch.watcher.notify;

import java.util.Locale;
import java.util.function.IntSupplier;

/** Counts what becomes of notices; safe for any thread, must return at once. */
public interface DeliveryCounts {
  DeliveryCounts NOBODY = new DeliveryCounts() {};

  /** What became of a try, or of a notice. */
  enum Result {
    DELIVERED,
    /** Tried again. */
    FAILED,
    REFUSED,
    GAVE_UP;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Before anything is counted. */
  default void sink(String sink, IntSupplier waiting) {}

  default void counted(String sink, Result result) {}

  /** Notices that went because the outbox is full. */
  default void dropped(String sink, int notices) {}
}

package io.drainwatch.drainer.maintenance;

import java.util.Optional;

/** What one step of the core was to whoever looks after the machine's Node. */
public enum WatchNews {
  /** Episode, machine or the document's content changed. */
  CHANGED,
  /** One more valid document, which says the same as the one before; or one more empty answer. */
  READ_AGAIN,
  NOTHING;

  public static WatchNews of(Watch before, Watch now) {
    boolean isChange =
        !before.episode().equals(now.episode())
            || !before.machine().equals(now.machine())
            || isOtherDocument(before.newest(), now.newest());
    if (isChange) {
      return CHANGED;
    }
    return before.newest().map(Document::readAt).equals(now.newest().map(Document::readAt))
            && before.empties().equals(now.empties())
        ? NOTHING
        : READ_AGAIN;
  }

  // An event that the policy ignores begins no episode, and is reported all the same.
  private static boolean isOtherDocument(Optional<Document> before, Optional<Document> now) {
    return !before.map(Document::events).equals(now.map(Document::events))
        || !before.map(Document::incarnation).equals(now.map(Document::incarnation));
  }
}

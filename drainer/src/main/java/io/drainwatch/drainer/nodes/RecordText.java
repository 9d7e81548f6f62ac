package io.drainwatch.drainer.nodes;

/** What came of reading the text of an annotation; never an exception. */
sealed interface RecordText {
  /** A record of this or an older version. */
  record Read(NodeRecord record) implements RecordText {}

  /** Corrupted, too long, or of a newer version. */
  record Unreadable(String why) implements RecordText {}
}

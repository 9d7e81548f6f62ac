package io.drainwatch.drainer.cluster;

/** What came of a write on an object that is not a Node. */
public sealed interface ObjectAnswer {

  record Done() implements ObjectAnswer {}

  /** It is not there (any more). */
  record Gone() implements ObjectAnswer {}

  /** It is another one by now, or has changed, or is there already: look and decide again. */
  record Conflict(String why) implements ObjectAnswer {}

  /**
   * The server understood and will not.
   *
   * @param status of HTTP
   * @param namespaceEnds nothing new may be made in the namespace, as it is being deleted
   * @param why one bounded line
   */
  record Refused(int status, boolean namespaceEnds, String why) implements ObjectAnswer {}

  /** It may or may not have been done: look and decide again, after a while. */
  record Unclear(String why) implements ObjectAnswer {}
}

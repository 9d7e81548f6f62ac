package io.drainwatch.watcher.notify;

/** What a sink understands. */
public enum SinkKind {
  CLOUDEVENTS,
  SLACK,
  TEAMS,
  TELEGRAM,
  WEBHOOK
}

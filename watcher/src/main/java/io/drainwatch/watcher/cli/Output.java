package io.drainwatch.watcher.cli;

/** {@code --output}. */
public enum Output {
  text,
  json
}

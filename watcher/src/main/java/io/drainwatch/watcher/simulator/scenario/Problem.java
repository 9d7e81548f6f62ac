package io.drainwatch.watcher.simulator.scenario;

/**
 * One thing wrong with a scenario or an order.
 *
 * @param line counted from 1
 * @param key path of the key, such as {@code steps[1].event.notice}; empty for the whole text
 */
public record Problem(int line, String key, String why) {

  @Override
  public String toString() {
    return "line " + line + (key.isEmpty() ? "" : ", " + key) + ": " + why;
  }
}

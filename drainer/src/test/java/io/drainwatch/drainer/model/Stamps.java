package io.drainwatch.drainer.model;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The clocks of others, in whole seconds, as the API writes them. */
final class Stamps {
  private final Timeline time;
  private Duration serverAhead = Duration.ZERO;
  private Duration nodeAhead = Duration.ZERO;

  Stamps(Timeline time) {
    this.time = time;
  }

  void serverAhead(Duration by) {
    serverAhead = by;
  }

  void nodeAhead(Duration by) {
    nodeAhead = by;
  }

  Instant server() {
    return seconds(time.instant().plus(serverAhead));
  }

  Instant node() {
    return seconds(time.instant().plus(nodeAhead));
  }

  static Instant seconds(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS);
  }
}

package io.drainwatch.watcher.daemon;

import java.time.Duration;
import java.util.List;

/**
 * The straight line that fits best through what was measured again and again.
 *
 * @param perHour how much more each hour
 * @param uncertainty of it, as a standard error
 * @param mean of what was measured
 */
record Slope(double perHour, double uncertainty, double mean) {
  /** One measurement. */
  record Point(Duration at, double value) {}

  private static final double SURE = 3;

  /**
   * @param points three at least, not all of one moment
   */
  static Slope of(List<Point> points) {
    int n = points.size();
    if (n < 3) {
      throw new IllegalArgumentException(n + " points have no slope to speak of");
    }
    double x = points.stream().mapToDouble(Slope::hours).average().orElseThrow();
    double y = points.stream().mapToDouble(Point::value).average().orElseThrow();
    double across = 0;
    double wide = 0;
    for (Point each : points) {
      across += (hours(each) - x) * (each.value() - y);
      wide += (hours(each) - x) * (hours(each) - x);
    }
    double slope = across / wide;
    double rest = 0;
    for (Point each : points) {
      double off = each.value() - (y + slope * (hours(each) - x));
      rest += off * off;
    }
    return new Slope(slope, Math.sqrt(rest / (n - 2) / wide), y);
  }

  private static double hours(Point point) {
    return point.at().toMillis() / 3_600_000.0;
  }

  /**
   * It surely rises, and by more than this in all that time: else it is noise, or what an hour of a
   * JVM may take for itself.
   */
  boolean risesByMoreThan(double allowed, Duration length) {
    double hours = length.toMillis() / 3_600_000.0;
    return (perHour - SURE * uncertainty) * hours > allowed;
  }

  @Override
  public String toString() {
    return String.format(
        java.util.Locale.ROOT, "%.1f, %+.2f an hour (+- %.2f)", mean, perHour, uncertainty);
  }
}

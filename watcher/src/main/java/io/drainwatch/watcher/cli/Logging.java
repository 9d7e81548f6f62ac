package io.drainwatch.watcher.cli;

/**
 * What slf4j-simple writes, set before the first logger is asked for. Under systemd the journal
 * adds time and process, so only level, name and text are ours.
 */
final class Logging {
  private static final String PREFIX = "org.slf4j.simpleLogger.";

  private Logging() {}

  static void forTheDaemon() {
    boolean underSystemd = System.getenv("JOURNAL_STREAM") != null;
    set("defaultLogLevel", "info");
    set("showThreadName", "false");
    set("showShortLogName", "true");
    set("showDateTime", Boolean.toString(!underSystemd));
    set("dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
    set("log.io.micronaut", "warn");
    set("log.io.netty", "warn");
    set("log.org.quartz", "warn");
  }

  /** Commands print what they find themselves. */
  static void off() {
    set("defaultLogLevel", "off");
  }

  private static void set(String name, String value) {
    if (System.getProperty(PREFIX + name) == null) {
      System.setProperty(PREFIX + name, value);
    }
  }
}

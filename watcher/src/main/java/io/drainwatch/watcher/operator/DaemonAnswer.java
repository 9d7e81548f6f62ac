package io.drainwatch.watcher.operator;

/** What came of one call to the daemon. */
public sealed interface DaemonAnswer {

  /**
   * Something answered.
   *
   * @param status of HTTP
   */
  record Came(int status, String body) implements DaemonAnswer {
    public boolean isOk() {
      return status >= 200 && status < 300;
    }
  }

  /**
   * Nothing answered, or not in time.
   *
   * @param why a few words
   */
  record Silent(String why) implements DaemonAnswer {}
}

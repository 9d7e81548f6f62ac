package io.drainwatch.watcher.configuration;

/**
 * One reason why the configuration cannot be used.
 *
 * @param key as it should be written, or as it was written where it is not known
 * @param value as given, made safe for print: no secret, no control characters, cut; may be empty
 * @param reason what is wrong and what would be right
 * @param origin where the value came from; may be empty
 */
public record Fault(String key, String value, String reason, String origin) {

  /** {@code drainwatch.metadata.timeout = 0s (drainwatch.yml line 7): at least 1s}. */
  @Override
  public String toString() {
    return key
        + (value.isEmpty() ? "" : " = " + value)
        + (origin.isEmpty() ? "" : " (" + origin + ")")
        + ": "
        + reason;
  }
}

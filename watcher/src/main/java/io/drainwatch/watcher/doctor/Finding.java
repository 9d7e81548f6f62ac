package io.drainwatch.watcher.doctor;

import java.util.Locale;

/**
 * What one check found.
 *
 * @param check its name, stable, for machines too
 * @param text what is, for people
 * @param advice what to do; empty where there is nothing to do
 */
public record Finding(String check, Result result, String text, String advice) {

  /** How bad it is. */
  public enum Result {
    OK,
    /** Works, but perhaps not as meant. */
    WARNING,
    /** Drainwatch would not do its work. */
    PROBLEM;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Finding ok(String check, String text) {
    return new Finding(check, Result.OK, text, "");
  }

  static Finding warning(String check, String text, String advice) {
    return new Finding(check, Result.WARNING, text, advice);
  }

  static Finding problem(String check, String text, String advice) {
    return new Finding(check, Result.PROBLEM, text, advice);
  }
}

package io.drainwatch.watcher.azure;

import io.drainwatch.watcher.doctor.Finding;
import io.drainwatch.watcher.doctor.Finding.Result;

/**
 * What one check found on one resource.
 *
 * @param on for people
 */
public record AzureFinding(String on, Finding finding) {

  static AzureFinding ok(ResourceId on, String check, String text) {
    return of(on, check, Result.OK, text, "");
  }

  static AzureFinding warning(ResourceId on, String check, String text, String advice) {
    return of(on, check, Result.WARNING, text, advice);
  }

  static AzureFinding problem(ResourceId on, String check, String text, String advice) {
    return of(on, check, Result.PROBLEM, text, advice);
  }

  private static AzureFinding of(
      ResourceId on, String check, Result result, String text, String advice) {
    return new AzureFinding(on.words(), new Finding(check, result, text, advice));
  }

  /** Something could not be read, so nothing is known of it. */
  static AzureFinding unread(String check, Trouble trouble) {
    return new AzureFinding(
        trouble.on(), new Finding(check, Result.PROBLEM, trouble.sentence(), ""));
  }

  public boolean isOk() {
    return finding.result() == Result.OK;
  }
}

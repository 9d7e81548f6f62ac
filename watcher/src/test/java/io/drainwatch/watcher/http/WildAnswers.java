package io.drainwatch.watcher.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What may come back for {@link WildRequests}, of whatever server of ours. */
public final class WildAnswers {
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})");

  private WildAnswers() {}

  /**
   * No innards, no secret, and never a fault of the server.
   *
   * @return how many answers there were
   */
  public static int judge(String answer, String which, String... secrets) {
    assertThat(answer)
        .as(which)
        .doesNotContain("Exception", "\tat ", "io.drainwatch", "io.micronaut", "io.netty", "root:")
        .doesNotContain(secrets);
    int found = 0;
    for (MatchResult status : STATUS.matcher(answer).results().toList()) {
      assertThat(Integer.parseInt(status.group(1))).as("%s%n%s", which, answer).isLessThan(500);
      found++;
    }
    return found;
  }
}

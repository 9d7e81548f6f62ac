package io.drainwatch.watcher.azure;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** What came of an acknowledgement through Resource Manager. */
public enum AckResult {
  ACCEPTED,
  /** Azure took it for wrong, or nobody may send it: not tried again by the same leader. */
  REFUSED,
  /** Surely not taken, and welcome later. */
  THROTTLED,
  /** Nobody knows whether it was taken. */
  UNCLEAR;

  private static final int OK = 200;
  private static final int NO_ANSWER = 0;

  /** Its value as a label of a metric. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static AckResult of(AzureAnswer<String> answer) {
    int status = status(answer);
    if (status == OK) {
      return ACCEPTED;
    }
    if (status == 429) {
      return THROTTLED;
    }
    return status == NO_ANSWER || status == 408 || status >= 500 ? UNCLEAR : REFUSED;
  }

  /** In the words of HTTP; 0: no answer came. */
  static int status(AzureAnswer<String> answer) {
    return answer.problem().map(AckResult::status).orElse(OK);
  }

  // without a token it never left
  private static int status(Trouble trouble) {
    return trouble
        .status()
        .orElse(
            switch (trouble.kind()) {
              case NO_LOGIN -> 401;
              case FORBIDDEN -> 403;
              case NOT_FOUND -> 404;
              case CONFLICT -> 409;
              case THROTTLED -> 429;
              case SERVER, TIMED_OUT, NO_CONNECTION, OTHER -> NO_ANSWER;
            });
  }

  static Trouble broken(ResourceId vm, String why) {
    return new Trouble(
        Trouble.Kind.OTHER,
        AzureCall.ACKNOWLEDGE,
        vm.words(),
        OptionalInt.empty(),
        "",
        why,
        Optional.empty());
  }
}

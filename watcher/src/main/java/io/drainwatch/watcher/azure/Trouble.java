package io.drainwatch.watcher.azure;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A call to Azure that did not do what it was for.
 *
 * @param on the resource, for people
 * @param status of HTTP; empty when nothing came back
 * @param code Azure's own word, such as {@code AuthorizationFailed}; may be empty
 * @param said what Azure said, or why nothing came back
 * @param retryAfter what the last answer asked for
 */
public record Trouble(
    Kind kind,
    AzureCall call,
    String on,
    OptionalInt status,
    String code,
    String said,
    Optional<Duration> retryAfter) {

  private static final int LONGEST = 600;

  /** What to do about it depends on this alone. */
  public enum Kind {
    /** No token, or one that is not taken. */
    NO_LOGIN,
    FORBIDDEN,
    NOT_FOUND,
    CONFLICT,
    THROTTLED,
    SERVER,
    TIMED_OUT,
    NO_CONNECTION,
    /** An answer that this program does not understand, or 4xx of another kind. */
    OTHER;

    public static Kind of(int status) {
      return switch (status) {
        case 401 -> NO_LOGIN;
        case 403 -> FORBIDDEN;
        case 404, 410 -> NOT_FOUND;
        case 409, 412 -> CONFLICT;
        case 429 -> THROTTLED;
        default -> status >= 500 ? SERVER : OTHER;
      };
    }
  }

  public Trouble {
    code = cut(code);
    said = cut(said);
  }

  /** Whether Azure itself was not to be had, whatever is asked. */
  public boolean isOfTheConnection() {
    return kind == Kind.NO_LOGIN || kind == Kind.TIMED_OUT || kind == Kind.NO_CONNECTION;
  }

  /** Whether only the look at an operation failed, which itself goes on in Azure. */
  public boolean isOfFollowing() {
    return call == AzureCall.FOLLOW_OPERATION;
  }

  /** Whether what was to be changed is as it was: it was refused, or only looked at. */
  public boolean surelyChangedNothing() {
    boolean isRefused =
        switch (kind) {
          case NO_LOGIN, FORBIDDEN, NOT_FOUND, CONFLICT, THROTTLED -> true;
          case SERVER, TIMED_OUT, NO_CONNECTION -> false;
          case OTHER -> status.orElse(0) / 100 == 4 && status.orElse(0) != 408;
        };
    return call.isReading() || isRefused;
  }

  /** What was tried, on what, what came back, what to do. */
  public String sentence() {
    return call.words()
        + " "
        + on
        + " failed: "
        + (status.isPresent() ? "HTTP " + status.getAsInt() + " " : "")
        + (code.isEmpty() ? "" : code + ": ")
        + (said.isEmpty() ? "no reason given" : said)
        + (said.endsWith(".") ? " " : ". ")
        + advice();
  }

  /** What happens next, or what to do. */
  public String advice() {
    return switch (kind) {
      case NO_LOGIN ->
          "Nobody is logged in for Azure, or the login is over: az login, or a managed or workload"
              + " identity (--credential, drainwatch.azure.credential).";
      case FORBIDDEN ->
          "The identity lacks "
              + call.action()
              + " there: assign it a role that has it, see config/azure/README.md.";
      case NOT_FOUND -> "There is none: look at the id, the subscription and the resource group.";
      case CONFLICT ->
          call.isReading()
              ? "Something else is being done to it; try again when that is over."
              : "Something else is being done to it, and nothing was changed; try again when that"
                  + " is over.";
      case THROTTLED ->
          "Too many requests of this subscription"
              + retryAfter.map(time -> "; try again in " + time.toSeconds() + " s").orElse("")
              + ".";
      case SERVER ->
          call.isReading()
              ? "Azure itself fails; try again later."
              : "Azure itself fails, and it is not known whether it was begun: look at the"
                  + " resource's activity log before you try again.";
      case TIMED_OUT ->
          call.isReading()
              ? "Try again; a proxy or firewall may hold the connection."
              : "It is not known whether it was begun: look at the resource's activity log before"
                  + " you try again.";
      case NO_CONNECTION ->
          "Look at network, DNS and proxy (HTTPS_PROXY)."
              + (call.isReading()
                  ? ""
                  : " If it broke on the way it is not known whether anything was begun: look at"
                      + " the resource's activity log before you try again.");
      case OTHER -> "Nothing else is tried.";
    };
  }

  private static String cut(String text) {
    StringBuilder plain = new StringBuilder();
    text.strip()
        .codePoints()
        .limit(LONGEST)
        .map(character -> Character.isISOControl(character) ? ' ' : character)
        .forEach(plain::appendCodePoint);
    return plain.toString();
  }
}

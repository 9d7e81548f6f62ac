package io.drainwatch.drainer.evictions;

import io.drainwatch.drainer.evictions.EvictionAnswer.Body;
import io.drainwatch.drainer.evictions.EvictionAnswer.Failure;
import io.drainwatch.drainer.evictions.EvictionOutcome.Accepted;
import io.drainwatch.drainer.evictions.EvictionOutcome.Blocked;
import io.drainwatch.drainer.evictions.EvictionOutcome.Conflict;
import io.drainwatch.drainer.evictions.EvictionOutcome.Gone;
import io.drainwatch.drainer.evictions.EvictionOutcome.Misconfigured;
import io.drainwatch.drainer.evictions.EvictionOutcome.NoEvictionApi;
import io.drainwatch.drainer.evictions.EvictionOutcome.Replaced;
import io.drainwatch.drainer.evictions.EvictionOutcome.Transient;
import io.drainwatch.drainer.evictions.EvictionOutcome.TransientCause;
import io.drainwatch.drainer.evictions.EvictionOutcome.Wait;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The table of section 8: from an answer to its meaning.
 *
 * <p>A webhook may refuse with any status it likes, also 404 or 409; so its name in the text is
 * looked for before the status is. Only the cause of a budget comes before it.
 */
public final class AnswerTable {
  private static final Pattern BUDGET =
      Pattern.compile("disruption budget (\\S+) (?:needs|is still|does not)");
  private static final Pattern WEBHOOK =
      Pattern.compile("(?:admission webhook|calling webhook) \"([^\"]{1,253})\"");
  private static final Pattern ADMISSION_POLICY =
      Pattern.compile("ValidatingAdmissionPolicy '([^']{1,253})'");

  private AnswerTable() {}

  /** An eviction, or a DELETE in its place or by force. */
  public enum Verb {
    EVICTION,
    DELETE
  }

  /**
   * @param evictionKnown whether discovery names the subresource: else a 404 may speak of that
   */
  public static EvictionOutcome read(
      EvictionAnswer answer, EvictablePod pod, Verb verb, boolean evictionKnown) {
    return switch (answer) {
      case EvictionAnswer.Failed(Failure failure, String text) ->
          new Transient(cause(failure), OneLine.of(text), Duration.ZERO);
      case EvictionAnswer.Http http when http.status() >= 200 && http.status() < 300 ->
          success(http);
      case EvictionAnswer.Http http -> refusal(http, pod, verb, evictionKnown);
    };
  }

  private static TransientCause cause(Failure failure) {
    return switch (failure) {
      case TIMEOUT -> TransientCause.TIMEOUT;
      case RESET -> TransientCause.RESET;
      case TLS -> TransientCause.TLS;
    };
  }

  private static EvictionOutcome success(EvictionAnswer.Http http) {
    boolean usual = http.status() <= 202;
    return switch (http.body()) {
      case Body.StatusBody(ApiStatus status) when usual && status.isSuccess() -> new Accepted();
      case Body.OtherJson() when usual -> new Accepted();
      case Body.StatusBody ignored -> unclear(http);
      case Body.OtherJson ignored -> unclear(http);
      case Body.Unreadable ignored -> unclear(http);
    };
  }

  private static Transient unclear(EvictionAnswer.Http http) {
    return new Transient(
        TransientCause.UNCLEAR, "unclear answer, " + text(http), RetryAfter.of(http));
  }

  private static EvictionOutcome refusal(
      EvictionAnswer.Http http, EvictablePod pod, Verb verb, boolean evictionKnown) {
    Optional<ApiStatus.Cause> budget = cause(http, "DisruptionBudget");
    if (http.status() == 429 && budget.isPresent()) {
      return budget(http, budget.get());
    }
    Optional<String> webhook = webhook(http);
    if (webhook.isPresent()) {
      return http.status() == 429
          ? busy(http, pod, webhook)
          : blocked(BlockedCause.WEBHOOK, webhook, http);
    }
    return switch (http.status()) {
      case 401 -> failed(TransientCause.UNAUTHORIZED, http);
      case 403 -> forbidden(http);
      case 404 ->
          evictionKnown || verb == Verb.DELETE || namesThePod(http)
              ? new Gone()
              : new NoEvictionApi(text(http));
      case 405 ->
          verb == Verb.EVICTION
              ? new NoEvictionApi(text(http))
              : blocked(BlockedCause.UNKNOWN, Optional.of("405"), http);
      case 409 -> isAboutTheUid(http) ? new Replaced() : new Conflict(text(http));
      case 429 -> busy(http, pod, Optional.empty());
      case 500 ->
          message(http).contains("more than one PodDisruptionBudget")
              ? severalBudgets(http, pod)
              : failed(TransientCause.SERVER, http);
      case 502, 504 -> failed(TransientCause.SERVER, http);
      case 503 -> failed(TransientCause.UNAVAILABLE, http);
      default -> blocked(BlockedCause.UNKNOWN, Optional.of(Integer.toString(http.status())), http);
    };
  }

  private static Blocked budget(EvictionAnswer.Http http, ApiStatus.Cause cause) {
    Matcher name = BUDGET.matcher(cause.message());
    Optional<String> budget = name.find() ? Optional.of(name.group(1)) : Optional.empty();
    boolean pending = cause.message().contains("still being processed");
    return new Blocked(
        pending ? BlockedCause.PDB_PENDING : BlockedCause.PDB,
        budget.map(OneLine::of),
        OneLine.of(cause.message()),
        RetryAfter.of(http));
  }

  private static Blocked busy(
      EvictionAnswer.Http http, EvictablePod pod, Optional<String> webhook) {
    Duration asked = RetryAfter.of(http);
    boolean migrates = pod.isOfKubeVirt() && asked.compareTo(Pace.LEAST_FOR_KUBEVIRT) < 0;
    return new Blocked(
        BlockedCause.BUSY, webhook, text(http), migrates ? Pace.LEAST_FOR_KUBEVIRT : asked);
  }

  private static Blocked severalBudgets(EvictionAnswer.Http http, EvictablePod pod) {
    String names = pod.budgets().isEmpty() ? "" : ": " + String.join(", ", pod.budgets());
    return new Blocked(
        BlockedCause.MULTI_PDB,
        pod.budgets().isEmpty() ? Optional.empty() : Optional.of(String.join(",", pod.budgets())),
        OneLine.of("more than one PodDisruptionBudget" + names),
        RetryAfter.of(http));
  }

  private static EvictionOutcome forbidden(EvictionAnswer.Http http) {
    if (cause(http, "NamespaceTerminating").isPresent()) {
      return new Wait(text(http));
    }
    Optional<ApiStatus> aboutBudget =
        status(http)
            .filter(it -> it.kind().toLowerCase(Locale.ROOT).startsWith("poddisruptionbudget"));
    if (aboutBudget.isPresent()) {
      return blocked(
          BlockedCause.PDB_STATUS,
          aboutBudget.map(ApiStatus::name).filter(name -> !name.isEmpty()).map(OneLine::of),
          http);
    }
    String message = message(http);
    return message.contains("cannot create resource") || message.contains("cannot delete resource")
        ? new Misconfigured(text(http))
        : blocked(BlockedCause.UNKNOWN, Optional.of("403"), http);
  }

  private static Blocked blocked(
      BlockedCause cause, Optional<String> by, EvictionAnswer.Http http) {
    return new Blocked(cause, by, text(http), RetryAfter.of(http));
  }

  private static Transient failed(TransientCause cause, EvictionAnswer.Http http) {
    return new Transient(cause, text(http), RetryAfter.of(http));
  }

  private static Optional<String> webhook(EvictionAnswer.Http http) {
    for (Pattern pattern : new Pattern[] {WEBHOOK, ADMISSION_POLICY}) {
      Matcher matcher = pattern.matcher(message(http));
      if (matcher.find()) {
        return Optional.of(OneLine.of(matcher.group(1)));
      }
    }
    return Optional.empty();
  }

  private static boolean namesThePod(EvictionAnswer.Http http) {
    return status(http).filter(it -> it.kind().equals("pods") && !it.name().isEmpty()).isPresent();
  }

  // two wordings are in use: "UID in precondition: a, ..." and "the UID in the precondition (a)
  // ..."
  private static boolean isAboutTheUid(EvictionAnswer.Http http) {
    String message = message(http).toLowerCase(Locale.ROOT);
    return message.contains("uid in precondition") || message.contains("uid in the precondition");
  }

  private static Optional<ApiStatus.Cause> cause(EvictionAnswer.Http http, String reason) {
    return status(http).stream()
        .flatMap(it -> it.causes().stream())
        .filter(it -> it.reason().equals(reason))
        .findFirst();
  }

  private static Optional<ApiStatus> status(EvictionAnswer.Http http) {
    return http.body() instanceof Body.StatusBody(ApiStatus status)
        ? Optional.of(status)
        : Optional.empty();
  }

  private static String message(EvictionAnswer.Http http) {
    return switch (http.body()) {
      case Body.StatusBody(ApiStatus status) -> status.message();
      case Body.OtherJson() -> "";
      case Body.Unreadable(String beginning) -> beginning;
    };
  }

  private static String text(EvictionAnswer.Http http) {
    return OneLine.of("HTTP " + http.status() + " " + message(http));
  }
}

package io.drainwatch.watcher.clusterview;

import io.drainwatch.drainer.evictions.AnswerTable;
import io.drainwatch.drainer.evictions.BlockedCause;
import io.drainwatch.drainer.evictions.EvictablePod;
import io.drainwatch.drainer.evictions.EvictionAnswer;
import io.drainwatch.drainer.evictions.EvictionOutcome;
import io.drainwatch.drainer.evictions.EvictionSettings.WithoutEvictionApi;
import java.util.Optional;

/**
 * How the server would answer the eviction of a pod, by what it said to one that changes nothing
 * (kubernetes-drain.md 8 and 10).
 *
 * @param by the budget (namespace/name), the webhook or the HTTP status that refuses, where known
 * @param why what came back; may be empty
 */
public record Prediction(Answer answer, Optional<String> by, String why) {
  public static final Prediction NOT_ASKED = without(Answer.NOT_ASKED, "");

  /** As the API server puts it when a webhook does not declare its side effects (section 10). */
  private static final String UNSUITED_WEBHOOK = "does not support dry run";

  public Prediction {
    by = by.map(Cell::name);
    why = Cell.sentence(why);
  }

  /** In one word. */
  public enum Answer {
    ALLOWED("allowed"),
    BLOCKED("blocked"),
    /** There is no such pod any more. */
    GONE("gone"),
    /** We have no right to evict, so nobody knows. */
    NOT_PERMITTED("not-permitted"),
    UNKNOWN("unknown"),
    NOT_ASKED("not-asked");

    private final String word;

    Answer(String word) {
      this.word = word;
    }

    /** For JSON. */
    public String word() {
      return word;
    }
  }

  public static Prediction unknown(String why) {
    return without(Answer.UNKNOWN, why);
  }

  public static Prediction notPermitted(String why) {
    return without(Answer.NOT_PERMITTED, why);
  }

  /**
   * @param evictionKnown whether the server knows evictions at all
   */
  public static Prediction of(
      EvictionAnswer answer, EvictablePod pod, boolean evictionKnown, WithoutEvictionApi without) {
    EvictionOutcome outcome =
        AnswerTable.read(answer, pod, AnswerTable.Verb.EVICTION, evictionKnown);
    return switch (outcome) {
      case EvictionOutcome.Accepted() -> without(Answer.ALLOWED, "");
      case EvictionOutcome.Gone() -> without(Answer.GONE, "");
      case EvictionOutcome.Replaced() -> without(Answer.GONE, "another pod has its name");
      case EvictionOutcome.Wait(String text) -> without(Answer.ALLOWED, text);
      case EvictionOutcome.Blocked blocked -> blocked(blocked, pod);
      case EvictionOutcome.Misconfigured(String text) -> notPermitted(text);
      case EvictionOutcome.NoEvictionApi(String text) ->
          switch (without) {
            case DELETE -> without(Answer.ALLOWED, "deleted, as the server knows no evictions");
            case FAIL ->
                new Prediction(
                    Answer.BLOCKED, Optional.empty(), "the server knows no evictions: " + text);
          };
      case EvictionOutcome.Conflict(String text) -> unknown(text);
      case EvictionOutcome.Transient failed -> unknown(failed.text());
    };
  }

  private static Prediction blocked(EvictionOutcome.Blocked blocked, EvictablePod pod) {
    if (blocked.cause() == BlockedCause.WEBHOOK && blocked.text().contains(UNSUITED_WEBHOOK)) {
      return new Prediction(Answer.UNKNOWN, blocked.by(), blocked.text());
    }
    boolean isBudget =
        switch (blocked.cause()) {
          case PDB, PDB_PENDING, PDB_STATUS -> true;
          case BUSY, WEBHOOK, MULTI_PDB, UNKNOWN -> false;
        };
    return new Prediction(
        Answer.BLOCKED,
        isBudget ? blocked.by().map(name -> pod.namespace() + "/" + name) : blocked.by(),
        blocked.text());
  }

  private static Prediction without(Answer answer, String why) {
    return new Prediction(answer, Optional.empty(), why);
  }

  /** Whether the pod could go now, or need not any more. */
  boolean letsGo() {
    return answer == Answer.ALLOWED || answer == Answer.GONE;
  }

  /** For people. */
  String text() {
    String detail = why.isEmpty() ? "" : ": " + why;
    return switch (answer) {
      case ALLOWED, GONE -> answer.word + detail;
      case BLOCKED -> "blocked" + by.map(each -> " by " + each).orElse("") + detail;
      case NOT_PERMITTED -> "not asked, no right to create pods/eviction" + detail;
      case UNKNOWN -> "unknown" + detail;
      case NOT_ASKED -> "not asked";
    };
  }
}

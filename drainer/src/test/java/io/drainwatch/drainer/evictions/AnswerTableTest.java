package io.drainwatch.drainer.evictions;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.evictions.AnswerTable.Verb;
import io.drainwatch.drainer.evictions.EvictionAnswer.Body;
import io.drainwatch.drainer.evictions.EvictionAnswer.Http;
import io.drainwatch.drainer.evictions.EvictionOutcome.Blocked;
import io.drainwatch.drainer.evictions.EvictionOutcome.Transient;
import io.drainwatch.drainer.evictions.EvictionOutcome.TransientCause;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 8, row by row. */
class AnswerTableTest {
  private static final EvictablePod POD = Pods.aPod("a").ownedBy("web").pod();

  private static EvictionOutcome read(EvictionAnswer answer) {
    return AnswerTable.read(answer, POD, Verb.EVICTION, true);
  }

  private static Blocked blocked(EvictionAnswer answer) {
    assertThat(read(answer)).isInstanceOf(Blocked.class);
    return (Blocked) read(answer);
  }

  @Test
  void takesASuccessForAccepted() {
    assertThat(read(Answers.accepted())).isEqualTo(new EvictionOutcome.Accepted());
    assertThat(read(new Http(200, new Body.OtherJson(), Optional.empty())))
        .isEqualTo(new EvictionOutcome.Accepted());
  }

  @Test
  @DisplayName("K93 a 2xx answer with a Failure or a truncated body is not taken for accepted")
  void doesNotTakeAnUnclearAnswerForAccepted() {
    Body failure = ((Http) Answers.unavailable()).body();
    for (Body body : new Body[] {failure, new Body.Unreadable("{\"kind\":\"Sta")}) {
      for (int code : new int[] {200, 201}) {
        assertThat(read(new Http(code, body, Optional.empty())))
            .isInstanceOfSatisfying(
                Transient.class, it -> assertThat(it.cause()).isEqualTo(TransientCause.UNCLEAR));
      }
    }
    assertThat(read(new Http(200, new Body.Unreadable(""), Optional.empty())))
        .isInstanceOf(Transient.class);
  }

  @ParameterizedTest(name = "{0} is accepted: {1}")
  @CsvSource({"200, true", "202, true", "203, false", "299, false", "300, false", "302, false"})
  void takesNoOtherStatusForAccepted(int code, boolean accepted) {
    EvictionOutcome outcome = read(new Http(code, new Body.OtherJson(), Optional.empty()));
    assertThat(outcome instanceof EvictionOutcome.Accepted).isEqualTo(accepted);
    assertThat(outcome instanceof Blocked)
        .as("no success, and nothing that passes")
        .isEqualTo(code >= 300);
  }

  @Test
  void namesTheBudgetsOfAPodThatHasSeveral() {
    EvictablePod two = Pods.aPod("a").ownedBy("web").selectedBy("one", "two").pod();
    assertThat(AnswerTable.read(Answers.severalBudgets(), two, Verb.EVICTION, true))
        .isInstanceOfSatisfying(
            Blocked.class,
            it -> {
              assertThat(it.text()).endsWith("PodDisruptionBudget: one, two");
              assertThat(it.by()).contains("one,two");
            });
    assertThat(blocked(Answers.severalBudgets()).text()).endsWith("PodDisruptionBudget");
    assertThat(blocked(Answers.severalBudgets()).by()).isEmpty();
  }

  @Test
  void knowsAPodsAbsenceByItsKindAlone() {
    Body other = new Body.StatusBody(status("namespaces", "shop", List.of()));
    assertThat(AnswerTable.read(new Http(404, other, Optional.empty()), POD, Verb.EVICTION, false))
        .isInstanceOf(EvictionOutcome.NoEvictionApi.class);
    Body nameless = new Body.StatusBody(status("pods", "", List.of()));
    assertThat(
            AnswerTable.read(new Http(404, nameless, Optional.empty()), POD, Verb.EVICTION, false))
        .isInstanceOf(EvictionOutcome.NoEvictionApi.class);
  }

  @Test
  void looksForTheBudgetAmongAllCauses() {
    ApiStatus.Cause foreign = new ApiStatus.Cause("FieldValueInvalid", "something else");
    Body.StatusBody usedUp = (Body.StatusBody) ((Http) Answers.usedUp("web")).body();
    ApiStatus.Cause budget = usedUp.status().causes().getFirst();
    Body both = new Body.StatusBody(status("pods", "a", List.of(foreign, budget)));
    assertThat(blocked(new Http(429, both, Optional.empty())).by()).contains("web");
    Body onlyForeign = new Body.StatusBody(status("pods", "a", List.of(foreign)));
    assertThat(blocked(new Http(429, onlyForeign, Optional.empty())).cause())
        .isEqualTo(BlockedCause.BUSY);
  }

  @Test
  void namesNoBudgetThatTheAnswerDoesNotName() {
    Body nameless = new Body.StatusBody(status("poddisruptionbudgets", "", List.of()));
    Blocked blocked = blocked(new Http(403, nameless, Optional.empty()));
    assertThat(blocked.cause()).isEqualTo(BlockedCause.PDB_STATUS);
    assertThat(blocked.by()).isEmpty();
  }

  private static ApiStatus status(String kind, String name, List<ApiStatus.Cause> causes) {
    return new ApiStatus("Failure", "", 400, "made up", kind, name, OptionalInt.empty(), causes);
  }

  @Test
  void tellsAPodThatIsGoneFromAnApiThatIsNotThere() {
    EvictionAnswer plain =
        new Http(404, new Body.Unreadable("404 page not found"), Optional.empty());
    assertThat(read(Answers.podNotFound())).isEqualTo(new EvictionOutcome.Gone());
    assertThat(read(plain)).isEqualTo(new EvictionOutcome.Gone());
    assertThat(AnswerTable.read(plain, POD, Verb.EVICTION, false))
        .isInstanceOf(EvictionOutcome.NoEvictionApi.class);
    assertThat(AnswerTable.read(plain, POD, Verb.DELETE, false))
        .isEqualTo(new EvictionOutcome.Gone());
    assertThat(AnswerTable.read(Answers.podNotFound(), POD, Verb.EVICTION, false))
        .isEqualTo(new EvictionOutcome.Gone());
    assertThat(read(Answers.failure(405, "MethodNotAllowed", "")))
        .isInstanceOf(EvictionOutcome.NoEvictionApi.class);
  }

  @Test
  void tellsAReplacedPodFromAConflict() {
    assertThat(read(Answers.otherUid())).isEqualTo(new EvictionOutcome.Replaced());
    assertThat(
            read(
                Answers.failure(
                    409,
                    "Conflict",
                    "the UID in the precondition (x) does not match the UID in record (y)")))
        .isEqualTo(new EvictionOutcome.Replaced());
    assertThat(read(Answers.failure(409, "Conflict", "the object has been modified")))
        .isInstanceOf(EvictionOutcome.Conflict.class);
  }

  @Test
  @DisplayName("K32 429 with Retry-After: the wait asked for is known, header or body")
  void knowsTheWaitAskedFor() {
    Blocked blocked = blocked(Answers.withRetryAfter(Answers.usedUp("web"), "25"));
    assertThat(blocked.cause()).isEqualTo(BlockedCause.PDB);
    assertThat(blocked.by()).contains("web");
    assertThat(blocked.text()).contains("needs 3 healthy pods and has 3");
    assertThat(blocked.atLeast()).isEqualTo(Duration.ofSeconds(25));
    for (double jitter : new double[] {0, 0.5, 1}) {
      assertThat(Pace.delay(blocked, 1, jitter))
          .isBetween(Duration.ofSeconds(25), Duration.ofSeconds(30));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Wed, 21 Oct 2026 07:28:00 GMT", "-5", "soon", "", "99999999999"})
  void usesNoRetryAfterThatIsNotANumberOfSeconds(String header) {
    assertThat(blocked(Answers.withRetryAfter(Answers.usedUp("web"), header)).atLeast())
        .isEqualTo(Duration.ZERO);
  }

  @Test
  void waitsAnHourAtMost() {
    assertThat(blocked(Answers.withRetryAfter(Answers.throttled(), "999999")).atLeast())
        .isEqualTo(Duration.ofHours(1));
  }

  @ParameterizedTest(
      name = "K33 429 without Retry-After: try {0} waits {1} ms, a fifth more or less")
  @CsvSource({"1, 5000", "2, 7500", "3, 11250", "4, 16875", "5, 25312", "6, 30000", "90, 30000"})
  void rampsUp(int run, long millis) {
    Blocked blocked = blocked(Answers.usedUp("web"));
    assertThat(Pace.delay(blocked, run, 0.5).toMillis()).isBetween(millis - 1, millis);
    assertThat(Pace.delay(blocked, run, 0).toMillis())
        .isBetween(millis * 8 / 10 - 1, millis * 8 / 10);
    assertThat(Pace.delay(blocked, run, 1).toMillis())
        .isBetween(millis * 12 / 10 - 2, millis * 12 / 10);
  }

  @Test
  @DisplayName("K27 stale observedGeneration: waits the 10 s asked for")
  void waitsTheTimeGivenForABudgetThatIsBehind() {
    Blocked blocked = blocked(Answers.pending("web"));
    assertThat(blocked.cause()).isEqualTo(BlockedCause.PDB_PENDING);
    assertThat(blocked.by()).contains("web");
    assertThat(Pace.delay(blocked, 7, 0)).isEqualTo(Duration.ofSeconds(10));
    assertThat(Pace.delay(blocked, 7, 1)).isEqualTo(Duration.ofSeconds(12));
  }

  @Test
  @DisplayName("K45 API priority throttling is Blocked, with a ramp")
  void isBlockedByPriorityThrottling() {
    Blocked blocked = blocked(Answers.throttled());
    assertThat(blocked.cause()).isEqualTo(BlockedCause.BUSY);
    assertThat(blocked.text()).contains("Too many requests");
    assertThat(Pace.delay(blocked, 1, 0.5)).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void givesAMigratingVirtualMachineTenSeconds() {
    EvictablePod pod = Pods.aPod("vm").ownedByVirtualMachine("vmi").pod();
    EvictionOutcome outcome = AnswerTable.read(Answers.throttled(), pod, Verb.EVICTION, true);
    assertThat(Pace.delay(outcome, 1, 0)).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  @DisplayName("K30 more than 2000 disrupted pods (403) is Blocked(pdb-status), not Misconfigured")
  void isBlockedByTheBudgetsStatus() {
    Blocked blocked = blocked(Answers.tooManyDisrupted("web"));
    assertThat(blocked.cause()).isEqualTo(BlockedCause.PDB_STATUS);
    assertThat(blocked.by()).contains("web");
    assertThat(Pace.delay(blocked, 1, 0.5)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  @DisplayName("K25 two budgets on one pod are Blocked(multi-pdb), both named")
  void namesBothBudgets() {
    EvictablePod pod = Pods.aPod("a").selectedBy("web", "all").pod();
    assertThat(AnswerTable.read(Answers.severalBudgets(), pod, Verb.EVICTION, true))
        .isInstanceOfSatisfying(
            Blocked.class,
            it -> {
              assertThat(it.cause()).isEqualTo(BlockedCause.MULTI_PDB);
              assertThat(it.text()).contains("web", "all");
            });
    assertThat(blocked(Answers.severalBudgets()).cause()).isEqualTo(BlockedCause.MULTI_PDB);
  }

  @ParameterizedTest(name = "K44 a webhook that answers {0} blocks, and is never fatal")
  @ValueSource(ints = {400, 401, 403, 404, 405, 409, 410, 422, 429, 500, 503})
  void isBlockedByAWebhookWhateverItsStatus(int code) {
    Blocked blocked = blocked(Answers.webhook(code));
    assertThat(blocked.by()).contains("drain.strimzi.io");
    assertThat(blocked.cause()).isEqualTo(code == 429 ? BlockedCause.BUSY : BlockedCause.WEBHOOK);
    assertThat(Pace.delay(blocked, 20, 0.5)).isEqualTo(Duration.ofSeconds(30));
  }

  @ParameterizedTest(name = "K44 a webhook that cannot be called blocks: {0}")
  @ValueSource(strings = {"context deadline exceeded", "connection refused", "no endpoints"})
  void isBlockedByAWebhookThatDoesNotAnswer(String why) {
    Blocked blocked = blocked(Answers.webhookFails(why));
    assertThat(blocked.cause()).isEqualTo(BlockedCause.WEBHOOK);
    assertThat(blocked.by()).contains("guard.example");
    assertThat(Pace.delay(blocked, 1, 0.5)).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  @DisplayName("K42 a role that lacks pods/eviction is Misconfigured, tried again after 60 s")
  void isMisconfiguredWithoutTheRole() {
    assertThat(read(Answers.roleIsWrong()))
        .isInstanceOfSatisfying(
            EvictionOutcome.Misconfigured.class,
            it -> {
              assertThat(it.text()).contains("pods/eviction");
              assertThat(Pace.delay(it, 1, 0)).isEqualTo(Duration.ofSeconds(60));
            });
  }

  @Test
  void waitsForANamespaceThatGoesAway() {
    EvictionOutcome outcome = read(Answers.namespaceTerminating());
    assertThat(outcome).isInstanceOf(EvictionOutcome.Wait.class);
    assertThat(Pace.delay(outcome, 3, 0)).isEqualTo(Duration.ofSeconds(5));
  }

  @ParameterizedTest(name = "{0} is transient")
  @CsvSource({"500, SERVER", "502, SERVER", "503, UNAVAILABLE", "504, SERVER", "401, UNAUTHORIZED"})
  void isTransient(int code, TransientCause cause) {
    assertThat(read(Answers.failure(code, "", "x")))
        .isInstanceOfSatisfying(Transient.class, it -> assertThat(it.cause()).isEqualTo(cause));
  }

  @Test
  void doublesTheWaitAfterFailures() {
    EvictionOutcome outcome = read(Answers.reset());
    assertThat(Pace.delay(outcome, 1, 0)).isEqualTo(Duration.ofSeconds(1));
    assertThat(Pace.delay(outcome, 3, 0.5)).isEqualTo(Duration.ofSeconds(4));
    assertThat(Pace.delay(outcome, 60, 0.5)).isEqualTo(Duration.ofSeconds(30));
    assertThat(read(Answers.timeout())).isInstanceOf(Transient.class);
  }

  @ParameterizedTest(name = "{0} without a webhook is unknown, and Blocked")
  @ValueSource(ints = {301, 400, 403, 410, 418, 422, 507})
  void isBlockedByTheUnknown(int code) {
    Blocked blocked = blocked(Answers.failure(code, "", "what?"));
    assertThat(blocked.cause()).isEqualTo(BlockedCause.UNKNOWN);
    assertThat(blocked.by()).contains(Integer.toString(code));
    assertThat(Pace.delay(blocked, 1, 0.5)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void goesByTheHttpStatusNotByTheCodeInTheBody() {
    Body forbidden = ((Http) Answers.roleIsWrong()).body();
    assertThat(read(new Http(503, forbidden, Optional.empty()))).isInstanceOf(Transient.class);
  }

  @Test
  void keepsTextOfOthersToOneBoundedLine() {
    Blocked blocked =
        blocked(Answers.failure(418, "", "a\nb\u001b[31m\u202e" + "x".repeat(10_000)));
    assertThat(blocked.text()).hasSizeLessThan(400).doesNotContain("\n", "\u001b", "\u202e");
  }
}

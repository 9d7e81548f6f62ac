package io.drainwatch.watcher.clusterview;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.evictions.ApiStatus;
import io.drainwatch.drainer.evictions.EvictablePod;
import io.drainwatch.drainer.evictions.EvictionAnswer;
import io.drainwatch.drainer.evictions.EvictionSettings.WithoutEvictionApi;
import io.drainwatch.drainer.evictions.Pods;
import io.drainwatch.watcher.clusterview.Prediction.Answer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PredictionTest {
  private static final EvictablePod POD = Pods.named("uid-1", "shop", "web-1");

  private static Prediction of(int code, String message, ApiStatus.Cause... causes) {
    return of(code, "Failure", message, true, WithoutEvictionApi.FAIL, causes);
  }

  private static Prediction of(
      int code,
      String status,
      String message,
      boolean evictionKnown,
      WithoutEvictionApi without,
      ApiStatus.Cause... causes) {
    ApiStatus body =
        new ApiStatus(status, "", code, message, "", "", OptionalInt.empty(), List.of(causes));
    return Prediction.of(
        new EvictionAnswer.Http(code, new EvictionAnswer.Body.StatusBody(body), Optional.empty()),
        POD,
        evictionKnown,
        without);
  }

  @Test
  void namesABudgetWithItsNamespace() {
    Prediction budget =
        of(
            429,
            "Cannot evict pod",
            new ApiStatus.Cause(
                "DisruptionBudget",
                "The disruption budget db needs 2 healthy pods and has 2 currently"));

    assertThat(budget.answer()).isEqualTo(Answer.BLOCKED);
    assertThat(budget.text()).startsWith("blocked by shop/db: The disruption budget db needs 2");
  }

  @Test
  void aWebhookThatDoesNotDeclareItsSideEffectsIsUnknownNotBlocked() {
    Prediction unsuited =
        of(400, "admission webhook \"guard.example.com\" does not support dry run");
    assertThat(unsuited.answer()).isEqualTo(Answer.UNKNOWN);
    assertThat(unsuited.by()).contains("guard.example.com");

    Prediction refusing = of(400, "admission webhook \"guard.example.com\" denied the request: no");
    assertThat(refusing.answer()).isEqualTo(Answer.BLOCKED);
  }

  @Test
  void aServerWithoutEvictionsDeletesOnlyWhereThatIsThePolicy() {
    assertThat(of(404, "Failure", "not found", false, WithoutEvictionApi.FAIL).answer())
        .isEqualTo(Answer.BLOCKED);
    assertThat(of(404, "Failure", "not found", false, WithoutEvictionApi.DELETE).answer())
        .isEqualTo(Answer.ALLOWED);
  }

  @Test
  void k93ASuccessThatSaysFailureIsNotAllowed() {
    assertThat(of(201, "Failure", "no", true, WithoutEvictionApi.FAIL).answer())
        .isEqualTo(Answer.UNKNOWN);
    assertThat(of(201, "Success", "", true, WithoutEvictionApi.FAIL).answer())
        .isEqualTo(Answer.ALLOWED);
  }

  @Test
  void textIsBoundedAndOneLine() {
    String text = of(500, "\u001b[31m\u202e" + "x".repeat(5_000)).text();

    assertThat(text).hasSizeLessThan(300).doesNotContain("\u001b", "\u202e");
  }
}

package io.drainwatch.drainer.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.scaledown.SetId;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a 422 to a patch of a set stands for. */
class RefusedPatchTest {
  private final ApiDouble api = new ApiDouble();

  @AfterEach
  void close() throws IOException {
    api.close();
  }

  private ObjectAnswer answerTo(String rest) {
    api.when(
        "PATCH",
        ApiDouble.json(
            422, "{\"kind\":\"Status\",\"status\":\"Failure\",\"code\":422," + rest + "}"));
    try (FabricCluster cluster = Fixture.cluster(api)) {
      return cluster.stateful().patchSet(new SetId("shop", "db", "u"), "[]");
    }
  }

  @Test
  @DisplayName("D07 a patch whose test failed is looked at again")
  void knowsAFailedTest() {
    assertThat(
            answerTo(
                "\"reason\":\"Invalid\",\"details\":{},\"message\":"
                    + "\"the server rejected our request due to an error in our request\""))
        .isInstanceOf(ObjectAnswer.Conflict.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"reason\":\"Invalid\",\"message\":\"x\",\"details\":{\"kind\":\"StatefulSet\",\"name\":\"db\"}",
        "\"reason\":\"Invalid\",\"message\":\"x\",\"details\":{\"causes\":[{\"reason\":\"r\"}]}",
        "\"reason\":\"Invalid\",\"message\":\"admission webhook \\\"a\\\" denied the request: no\"",
        "\"message\":\"no\""
      })
  @DisplayName("D04 a patch that is refused for another reason is an error")
  void knowsARefusal(String rest) {
    assertThat(answerTo(rest)).isInstanceOf(ObjectAnswer.Refused.class);
  }
}

package io.drainwatch.drainer.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether the server serves us is known from what we ask anyway. */
class LastAnswerTest {
  private final ApiDouble api = new ApiDouble();
  private final FabricCluster cluster = Fixture.cluster(api);

  @AfterEach
  void close() throws IOException {
    cluster.close();
    api.close();
  }

  private void answers(int status, String body) {
    api.when("GET", ApiDouble.json(status, body));
    cluster.readNode("n1");
  }

  @Test
  void nothingIsKnownBeforeTheFirstAnswer() {
    assertThat(cluster.sinceLastAnswer()).isEmpty();
  }

  @Test
  void whatIsThereOrNotIsAnAnswer() {
    answers(404, Fixture.absent("nodes", "n1"));
    assertThat(cluster.sinceLastAnswer())
        .hasValueSatisfying(since -> assertThat(since).isBetween(Duration.ZERO, Wire.LIMIT));
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 429, 500, 503})
  void aRefusalIsNone(int status) {
    answers(status, Fixture.status(status, "Reason", "no"));
    assertThat(cluster.sinceLastAnswer()).isEmpty();
  }

  @Test
  void listsThePodsOfANamespaceWhole() {
    api.when("GET", ApiDouble.json(200, Fixture.list("PodList", 7, "", Fixture.aPod("a"))));
    assertThat(cluster.listPodsIn("ops"))
        .isInstanceOfSatisfying(
            PodListing.Complete.class, all -> assertThat(all.pods()).hasSize(1));
    assertThat(api.requests().getFirst().path()).startsWith("/api/v1/namespaces/ops/pods?");
  }
}

package io.drainwatch.watcher.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drainwatch.watcher.report.StatusJson;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever comes over the socket of a real daemon: it lives, answers and logs in its own words, and
 * changes nothing for whoever has no token. {@code -Ddrainwatch.fuzz=N} sends N others.
 */
@Timeout(900)
class WildRequestsTest {
  private static final int ORDINARY = 500;

  @TempDir Path directory;
  private Neighbourhood neighbourhood;

  private final PrintStream before = System.err;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @BeforeEach
  void start() throws Exception {
    System.setErr(new PrintStream(log, true, UTF_8));
    neighbourhood = new Neighbourhood(directory).start();
    await().until(() -> neighbourhood.get("/health/readiness").statusCode() == 200);
  }

  @AfterEach
  void stop() {
    neighbourhood.close();
    System.setErr(before);
    assertThat(log.toString(UTF_8)).as("the log").doesNotContain("\tat ", "\u001b", "\u0000");
  }

  @Test
  @DisplayName("L10 without the token: nothing changes, no 500, no innards, and it lives")
  void changesNothing() throws Exception {
    String history = neighbourhood.get("/maintenance/history").body();

    int answered = send("");

    assertThat(answered).as("answers to look at").isGreaterThan(ORDINARY / 2);
    assertThat(StatusJson.readStatus(neighbourhood.get("/maintenance").body()).maintenance())
        .isEmpty();
    assertThat(neighbourhood.get("/maintenance/history").body()).isEqualTo(history);
    assertThat(neighbourhood.get("/health/readiness").statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("L10 with the token: no 500, no innards, and it lives")
  void answersWhoeverHasTheToken() throws Exception {
    assertThat(send("Authorization: Bearer " + neighbourhood.token())).isPositive();

    assertThat(neighbourhood.get("/health/liveness").statusCode()).isEqualTo(200);
    assertThat(neighbourhood.get("/health/readiness").statusCode()).isEqualTo(200);
  }

  private int send(String always) throws Exception {
    Integer asked = Integer.getInteger("drainwatch.fuzz");
    long first = asked == null ? 20_261_122 : new Random().nextLong();
    int tries = asked == null ? ORDINARY : asked;
    int answered = 0;
    for (long seed = first; seed < first + tries; seed++) {
      byte[] bytes = new WildRequests(new Random(seed), always).next();
      String answer = WildRequests.send(address(), bytes);
      answered +=
          WildAnswers.judge(
              answer,
              "seed " + seed + " " + always.isEmpty(),
              neighbourhood.token(),
              directory.toString());
    }
    return answered;
  }

  private URI address() {
    return neighbourhood.application().address();
  }
}

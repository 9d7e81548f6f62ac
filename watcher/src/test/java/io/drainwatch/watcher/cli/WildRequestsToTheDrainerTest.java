package io.drainwatch.watcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drainwatch.drainer.model.Verb;
import io.drainwatch.watcher.http.WildAnswers;
import io.drainwatch.watcher.http.WildRequests;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever comes over the socket of a drainer that leads: it goes on leading, answers, and asks
 * nothing of the API server for it. {@code -Ddrainwatch.fuzz=N} sends N others.
 */
@Timeout(900)
class WildRequestsToTheDrainerTest {
  private static final int ORDINARY = 200;
  private static final Set<Verb> CHANGES =
      EnumSet.of(Verb.EVICT, Verb.DELETE_POD, Verb.PATCH_NODE, Verb.PATCH_STATUS);

  @TempDir Path directory;

  @Test
  @DisplayName("L10 the drainer's server: nothing changes, no 500, no innards, and it leads on")
  void changesNothing() throws Exception {
    Integer asked = Integer.getInteger("drainwatch.fuzz");
    long first = asked == null ? 20_261_122 : new Random().nextLong();
    int tries = asked == null ? ORDINARY : asked;
    try (DrainedCluster cluster = new DrainedCluster();
        LiveDrainer drainer = LiveDrainer.of(cluster.server, directory, "drainer-a")) {
      await().atMost(Duration.ofSeconds(40)).until(drainer::isLeading);
      cluster.server.forgetRequests();

      int answered = 0;
      for (long seed = first; seed < first + tries; seed++) {
        byte[] bytes = new WildRequests(new Random(seed), "").next();
        answered +=
            WildAnswers.judge(
                WildRequests.send(drainer.address(), bytes), "seed " + seed, directory.toString());
      }

      assertThat(answered).as("answers to look at").isGreaterThan(tries / 2);
      assertThat(drainer.isLeading()).isTrue();
      assertThat(drainer.status("/health/readiness")).isEqualTo(200);
      assertThat(cluster.server.requests())
          .as("asked of the API server")
          .filteredOn(each -> CHANGES.contains(each.verb()))
          .filteredOn(each -> !each.body().equals("{}")) // at its start: whether it might
          .isEmpty();
    }
  }
}

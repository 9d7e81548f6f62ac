package io.drainwatch.drainer.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.pods.PodFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Disruption budgets: read, watched once for all who drain, and told to whom it concerns. */
class BudgetWatchTest {
  private final ApiDouble api = new ApiDouble();
  private final WatchDouble watch = new WatchDouble();
  private final FabricCluster cluster = Fixture.cluster(api);
  private final Ear one = new Ear();
  private final Ear other = new Ear();

  @AfterEach
  void close() throws IOException {
    cluster.close();
    api.close();
  }

  /** Who drains, and waits for every budget. */
  private static final class Ear implements Cluster.BudgetListener {
    private final BlockingQueue<BudgetsSeen> seen = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> opened = new LinkedBlockingQueue<>();
    private volatile boolean waits = true;

    @Override
    public void seen(BudgetsSeen all) {
      seen.add(all);
    }

    @Override
    public void opened(String namespace, String name) {
      opened.add(namespace + "/" + name);
    }

    @Override
    public boolean waitsFor(String namespace, String name) {
      return waits;
    }
  }

  private static String budget(String name, int generation, int observed, int allowed) {
    return """
        {"metadata":{"namespace":"shop","name":"%s","resourceVersion":"8","generation":%d},
        "spec":{"selector":{"matchLabels":{"app":"web"}}},
        "status":{"observedGeneration":%d,"disruptionsAllowed":%d}}"""
        .formatted(name, generation, observed, allowed);
  }

  private static ApiDouble.Answer budgets(String... items) {
    return ApiDouble.json(200, Fixture.list("PodDisruptionBudgetList", 7, "", items));
  }

  private static BudgetsSeen known(Ear ear) throws InterruptedException {
    return Fixture.until(ear.seen, BudgetsSeen::isKnown);
  }

  private static PodFacts aPod(String labels) {
    return PodReader.read(
        ApiJson.read(
                """
                {"metadata":{"namespace":"shop","name":"p","uid":"u","labels":%s}}"""
                    .formatted(labels)
                    .getBytes(StandardCharsets.UTF_8))
            .orElseThrow());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "{}                                                                          | true",
        "null                                                                        | false",
        "{\"matchLabels\":{\"app\":\"web\"}}                                         | true",
        "{\"matchLabels\":{\"app\":\"web\",\"x\":\"y\"}}                             | false",
        "{\"matchExpressions\":[{\"key\":\"app\",\"operator\":\"In\",\"values\":[\"web\"]}]} | true",
        "{\"matchExpressions\":[{\"key\":\"app\",\"operator\":\"NotIn\",\"values\":[\"web\"]}]} | false",
        "{\"matchExpressions\":[{\"key\":\"app\",\"operator\":\"Exists\"}]}          | true",
        "{\"matchExpressions\":[{\"key\":\"app\",\"operator\":\"DoesNotExist\"}]}    | false",
        "{\"matchExpressions\":[{\"key\":\"app\",\"operator\":\"Resembles\"}]}       | false",
        "{\"matchExpressions\":[{\"key\":\"app\",\"operator\":\"In\"}]}              | false",
        "{\"matchLabels\":{\"app\":7}}                                               | false"
      })
  @DisplayName(
      "selectors select as the API server's: an empty one all, none or a broken one nobody")
  void selectsAsTheServerDoes(String selector, boolean selects) {
    String json =
        """
        {"metadata":{"namespace":"shop","name":"web"},"spec":{"selector":%s}}"""
            .formatted(selector);
    BudgetStatus read =
        BudgetReader.read(ApiJson.read(json.getBytes(StandardCharsets.UTF_8)).orElseThrow())
            .orElseThrow();
    PodFacts pod = aPod("{\"app\":\"web\"}");
    assertThat(BudgetsSeen.of(List.of(read.budget())).of(pod))
        .isEqualTo(selects ? List.of("web") : List.of());
  }

  @Test
  @DisplayName("one list and one watch serve all who drain; they end with the last of them")
  void sharesOneWatch() throws InterruptedException {
    api.when("GET", budgets(budget("web", 1, 1, 0))).whenWatched(watch);
    Cluster.Watching first = cluster.watchBudgets(one);
    assertThat(known(one).of(aPod("{\"app\":\"web\"}"))).containsExactly("web");
    Cluster.Watching second = cluster.watchBudgets(other);
    assertThat(known(other).of(aPod("{\"app\":\"web\"}"))).containsExactly("web");
    watch.awaitOpening(1);
    first.close();
    watch.says("ADDED", budget("more", 1, 1, 0));
    assertThat(known(other).of(aPod("{\"app\":\"web\"}"))).containsExactly("more", "web");
    assertThat(one.seen).isEmpty();
    assertThat(api.requests()).hasSize(2);
    second.close();
    cluster.watchBudgets(one);
    known(one);
    assertThat(api.requests(request -> !request.isWatch())).hasSize(2);
  }

  @Test
  @DisplayName("K29 that a budget opens is told to as many as may go, each in turn")
  void tellsAsManyAsMayGo() throws InterruptedException {
    api.when("GET", budgets(budget("web", 1, 1, 0))).whenWatched(watch);
    cluster.watchBudgets(one);
    cluster.watchBudgets(other);
    known(one);
    for (int allowed : new int[] {1, 0, 1}) {
      watch.says("MODIFIED", budget("web", 1, 1, allowed));
    }
    assertThat(Fixture.next(one.opened)).isEqualTo("shop/web");
    assertThat(Fixture.next(other.opened)).isEqualTo("shop/web");
    watch.says("MODIFIED", budget("web", 1, 1, 0)).says("MODIFIED", budget("web", 1, 1, 2));
    Fixture.next(one.opened);
    Fixture.next(other.opened);
    one.waits = false;
    watch.says("MODIFIED", budget("web", 1, 1, 0)).says("MODIFIED", budget("web", 1, 1, 1));
    Fixture.next(other.opened);
    assertThat(one.opened).isEmpty();
  }

  @Test
  @DisplayName("K27 a status that is behind its spec opens nothing; once it has caught up it does")
  void waitsForTheStatusToCatchUp() throws InterruptedException {
    api.when("GET", budgets(budget("web", 1, 1, 0), budget("last", 1, 1, 0))).whenWatched(watch);
    cluster.watchBudgets(one);
    known(one);
    watch
        .says("MODIFIED", budget("web", 2, 1, 3))
        .says("MODIFIED", budget("last", 1, 1, 1))
        .says("MODIFIED", budget("web", 2, 2, 3));
    assertThat(Fixture.next(one.opened)).isEqualTo("shop/last");
    assertThat(Fixture.next(one.opened)).isEqualTo("shop/web");
  }

  @Test
  @DisplayName(
      "after a watch that was cut the new list tells what opened and what is gone meanwhile")
  void tellsWhatHappenedMeanwhile() throws InterruptedException {
    api.when(
            "GET",
            budgets(budget("web", 1, 1, 0), budget("old", 1, 1, 0)),
            budgets(budget("web", 1, 1, 1)))
        .whenWatched(watch.isCut());
    cluster.watchBudgets(one);
    BudgetsSeen before = known(one);
    assertThat(known(one).goneSince(before)).singleElement().extracting("name").isEqualTo("old");
    assertThat(Fixture.next(one.opened)).isEqualTo("shop/web");
  }

  @Test
  @DisplayName("403: nothing is known any more, nothing is gone for that, and it is asked seldom")
  void isUnknownWhereItMayNotBeRead() throws InterruptedException {
    api.when(
            "GET",
            budgets(budget("web", 1, 1, 0)),
            ApiDouble.json(403, Fixture.status(403, "Forbidden", "cannot list resource")),
            budgets(budget("web", 1, 1, 0)))
        .whenWatched(watch.isCut());
    cluster.watchBudgets(one);
    BudgetsSeen before = known(one);
    BudgetsSeen after = Fixture.next(one.seen);
    assertThat(after.isKnown()).isFalse();
    assertThat(after.of(aPod("{\"app\":\"web\"}"))).isEmpty();
    assertThat(after.goneSince(before)).isEmpty();
    long refused = System.nanoTime();
    known(one); // the role is back
    assertThat(System.nanoTime() - refused)
        .isGreaterThan(Fixture.QUICK.longest().multipliedBy(8).toNanos());
  }
}

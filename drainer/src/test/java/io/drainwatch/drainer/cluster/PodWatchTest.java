package io.drainwatch.drainer.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.pods.PodFacts;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The pods of a Node: listed, watched, checked. */
class PodWatchTest {
  private static final WatchTimes CHECKING =
      new WatchTimes(
          Duration.ofMillis(5),
          Duration.ofMillis(20),
          Duration.ofMillis(50),
          Duration.ofMillis(50),
          Duration.ofMinutes(5),
          Duration.ofMinutes(5));

  private final ApiDouble api = new ApiDouble();
  private final WatchDouble watch = new WatchDouble();
  private final BlockingQueue<PodsSeen> seen = new LinkedBlockingQueue<>();
  private final FabricCluster cluster = Fixture.cluster(api);

  @AfterEach
  void close() throws IOException {
    cluster.close();
    api.close();
  }

  private static List<String> names(PodsSeen seen) {
    return seen.view().pods().stream().map(PodFacts::name).sorted().toList();
  }

  private static ApiDouble.Answer pods(int version, String... names) {
    String[] pods = List.of(names).stream().map(Fixture::aPod).toArray(String[]::new);
    return ApiDouble.json(200, Fixture.list("PodList", version, "", pods));
  }

  @Test
  void listsConsistentlyAndWatchesFromThere() throws InterruptedException {
    api.when("GET", pods(7, "a", "b")).whenWatched(watch);

    cluster.watchPods("n1", seen::add);

    assertThat(names(Fixture.next(seen))).containsExactly("a", "b");
    watch.says("DELETED", Fixture.aPod("a"));
    assertThat(names(Fixture.next(seen))).containsExactly("b");
    watch.says("ADDED", Fixture.aPod("c"));
    assertThat(names(Fixture.next(seen))).containsExactly("b", "c");
    assertThat(api.requests())
        .extracting(
            request -> request.path().replaceFirst("timeoutSeconds=2[4-9].", "timeoutSeconds=300"))
        .containsExactly(
            "/api/v1/pods?limit=500&fieldSelector=spec.nodeName%3Dn1",
            "/api/v1/pods?watch=true&allowWatchBookmarks=true&resourceVersion=7"
                + "&timeoutSeconds=300&fieldSelector=spec.nodeName%3Dn1");
  }

  @Test
  @DisplayName("a bookmark makes the view complete as of now; an event does not")
  void isCompleteByABookmark() throws InterruptedException {
    api.when("GET", pods(7, "a")).whenWatched(watch);
    cluster.watchPods("n1", seen::add);
    Instant listed = Fixture.next(seen).view().completeAt().orElseThrow();

    watch.says("MODIFIED", Fixture.aPod("a"));
    assertThat(Fixture.next(seen).view().completeAt()).hasValue(listed);
    watch.bookmark(9);
    assertThat(Fixture.next(seen).view().completeAt().orElseThrow()).isAfter(listed);
  }

  @Test
  @DisplayName("K37 a watch that is cut begins anew with a list; nothing empty is told meanwhile")
  void beginsAnewWhenCut() throws InterruptedException {
    api.when(
            "GET",
            pods(7, "a"),
            ApiDouble.json(500, "{}"),
            ApiDouble.reset(),
            ApiDouble.text(200, "text/html", "<html>"),
            ApiDouble.json(200, Fixture.list("NodeList", 8, "")),
            ApiDouble.truncated(200, Fixture.list("PodList", 8, "")),
            pods(9, "b"))
        .whenWatched(watch.isCut());

    cluster.watchPods("n1", seen::add);

    assertThat(names(Fixture.next(seen))).containsExactly("a");
    assertThat(names(Fixture.next(seen))).containsExactly("b");
  }

  @Test
  @DisplayName("K38 410, as an event or as the answer, is followed by a list")
  void listsAgainAfter410() throws InterruptedException {
    api.when("GET", pods(7, "a"), pods(8, "b"), pods(9, "c"))
        .whenWatched(
            watch.error(410),
            ApiDouble.json(410, Fixture.status(410, "Expired", "too old")),
            new WatchDouble());

    cluster.watchPods("n1", seen::add);

    assertThat(names(Fixture.next(seen))).containsExactly("a");
    assertThat(names(Fixture.next(seen))).containsExactly("b");
    assertThat(names(Fixture.next(seen))).containsExactly("c");
  }

  @Test
  void goesOnWithoutAListWhereTheServerClosedInDueCourse() throws InterruptedException {
    api.when("GET", pods(7, "a")).whenWatched(watch.bookmark(12).ends());
    cluster.watchPods("n1", seen::add);
    Fixture.next(seen);
    Fixture.next(seen);
    watch.says("ADDED", Fixture.aPod("b"));

    assertThat(names(Fixture.next(seen))).containsExactly("a", "b");
    assertThat(api.requests(ApiDouble.Request::isWatch).getLast().path())
        .contains("resourceVersion=12&");
    assertThat(api.requests(request -> !request.isWatch())).hasSize(1);
  }

  @Test
  @DisplayName("K40 an expired token begins the list anew; no part of a list is used")
  void beginsAListAnew() {
    api.when(
        "GET",
        ApiDouble.json(200, Fixture.list("PodList", 7, "more+/=", Fixture.aPod("a"))),
        ApiDouble.json(410, Fixture.status(410, "Expired", "token")),
        ApiDouble.json(200, Fixture.list("PodList", 8, "next", Fixture.aPod("b"))),
        pods(8, "c"));

    PodListing listing = cluster.listPods("n1");

    assertThat(listing)
        .isInstanceOfSatisfying(
            PodListing.Complete.class,
            all -> assertThat(all.pods()).extracting(PodFacts::name).containsExactly("b", "c"));
    assertThat(api.requests())
        .extracting(request -> request.path().replaceFirst(".*n1", ""))
        .containsExactly("", "&continue=more%2B%2F%3D", "", "&continue=next");
  }

  @Test
  @DisplayName("K40 a list that breaks off on its second page is none")
  void usesNoPartOfAList() {
    api.when(
        "GET",
        ApiDouble.json(200, Fixture.list("PodList", 7, "more", Fixture.aPod("a"))),
        ApiDouble.json(503, Fixture.status(503, "X", "busy")));

    assertThat(cluster.listPods("n1"))
        .isInstanceOfSatisfying(
            PodListing.Failed.class,
            failed -> assertThat(failed.why()).contains("503").contains("busy"));
  }

  @Test
  @DisplayName("K46 a list tells the server's clock beside ours")
  void tellsTheServersClock() {
    api.when(
        "GET",
        ApiDouble.json(200, Fixture.list("PodList", 7, ""), "Date: Mon, 02 Feb 2026 10:00:00 GMT"));

    PodListing.Complete all = (PodListing.Complete) cluster.listPods("n1");

    assertThat(all.serverNow()).isEqualTo("2026-02-02T10:00:00Z");
    assertThat(all.begun()).isBeforeOrEqualTo(all.ended());
  }

  @Test
  @DisplayName("the cross-check confirms the view, and follows a list that disagrees")
  void crossChecks() throws InterruptedException {
    AtomicReference<ApiDouble.Answer> lists = new AtomicReference<>(pods(7, "a"));
    api.when("GET", socket -> lists.get().to(socket)).whenWatched(watch);
    try (FabricCluster checking = Fixture.cluster(api, Duration.ofSeconds(10), CHECKING)) {
      checking.watchPods("n1", seen::add);

      Instant first = Fixture.next(seen).view().completeAt().orElseThrow();
      PodsSeen confirmed = Fixture.next(seen);
      assertThat(confirmed.view().completeAt().orElseThrow()).isAfter(first);
      assertThat(confirmed.disagreements()).isZero();
      lists.set(pods(9, "b"));
      PodsSeen corrected = Fixture.until(seen, each -> names(each).equals(List.of("b")));
      assertThat(corrected.disagreements()).isEqualTo(2);
    }
  }

  @Test
  void tellsNothingAfterItIsClosed() throws InterruptedException {
    api.when("GET", pods(7, "a")).whenWatched(watch);
    Cluster.Watching watching = cluster.watchPods("n1", seen::add);
    Fixture.next(seen);
    watching.close();
    watch.says("DELETED", Fixture.aPod("a"));
    cluster.watchPods("n1", seen::add);

    assertThat(names(Fixture.next(seen))).containsExactly("a");
  }

  @Test
  void givesUpAWatchThatIsSilent() throws InterruptedException {
    WatchTimes times =
        new WatchTimes(
            Duration.ofMillis(5),
            Duration.ofMillis(20),
            Duration.ofHours(1),
            Duration.ofMillis(50),
            Duration.ofMinutes(5),
            Duration.ofMillis(80));
    api.when("GET", pods(7, "a"), pods(8, "b")).whenWatched(watch);
    try (FabricCluster hasty = Fixture.cluster(api, Duration.ofSeconds(10), times)) {
      hasty.watchPods("n1", seen::add);

      assertThat(names(Fixture.next(seen))).containsExactly("a");
      assertThat(names(Fixture.next(seen))).containsExactly("b");
    }
  }
}

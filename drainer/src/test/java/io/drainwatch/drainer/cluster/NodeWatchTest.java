package io.drainwatch.drainer.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.nodes.NodeFacts;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One Node watched by its name, and all of them. */
class NodeWatchTest {
  private final ApiDouble api = new ApiDouble();
  private final WatchDouble watch = new WatchDouble();
  private final BlockingQueue<NodeReading> readings = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final FabricCluster cluster = Fixture.cluster(api);

  private final Cluster.NodeListener listener =
      new Cluster.NodeListener() {
        @Override
        public void is(NodeFacts node) {
          told.add(node.name() + "@" + node.resourceVersion());
        }

        @Override
        public void isGone(String name) {
          told.add(name + " gone");
        }
      };

  @AfterEach
  void close() throws IOException {
    cluster.close();
    api.close();
  }

  private static ApiDouble.Answer node(int version) {
    return ApiDouble.json(200, Fixture.node("n1", version));
  }

  private static String versionOf(NodeReading reading) {
    return ((NodeReading.Found) reading).node().resourceVersion();
  }

  @Test
  @DisplayName("section 18: a watcher may get and watch its Node by name, not list Nodes")
  void readsAndWatchesByName() throws InterruptedException {
    api.when("GET", node(7)).whenWatched(watch.says("MODIFIED", Fixture.node("n1", 8)));

    cluster.watchNode("n1", readings::add);

    assertThat(versionOf(Fixture.next(readings))).isEqualTo("7");
    assertThat(versionOf(Fixture.next(readings))).isEqualTo("8");
    assertThat(api.requests())
        .extracting(
            request -> request.path().replaceFirst("timeoutSeconds=2[4-9].", "timeoutSeconds=300"))
        .containsExactly(
            "/api/v1/nodes/n1",
            "/api/v1/nodes?watch=true&allowWatchBookmarks=true&resourceVersion=7"
                + "&timeoutSeconds=300&fieldSelector=metadata.name%3Dn1");
  }

  @Test
  @DisplayName("K52 K53 a Node that is deleted, and made again")
  void tellsOfDeletion() throws InterruptedException {
    api.when("GET", node(7))
        .whenWatched(
            watch.says("DELETED", Fixture.node("n1", 8)).says("ADDED", Fixture.node("n1", 9)));

    cluster.watchNode("n1", readings::add);

    assertThat(versionOf(Fixture.next(readings))).isEqualTo("7");
    assertThat(Fixture.next(readings)).isEqualTo(new NodeReading.Gone());
    assertThat(versionOf(Fixture.next(readings))).isEqualTo("9");
  }

  @Test
  @DisplayName("nothing is asked for over the connection of a watch that was closed while it spoke")
  void leavesTheConnectionOfAWatch() throws InterruptedException {
    List<Socket> watched = new CopyOnWriteArrayList<>();
    List<Socket> usedAgain = new CopyOnWriteArrayList<>();
    api.when(
            "GET",
            socket -> {
              if (watched.contains(socket)) {
                usedAgain.add(socket);
              }
              node(7).to(socket);
            })
        .whenWatched(
            socket -> {
              watched.add(socket);
              speakOn(socket);
            });
    for (int i = 0; i < 10; i++) {
      Cluster.Watching watching = cluster.watchNode("n1", readings::add);
      Fixture.next(readings);
      Fixture.next(readings);
      watching.close();
      readings.clear();
      assertThat(cluster.readNode("n1")).isInstanceOf(NodeReading.Found.class);
    }
    assertThat(watched).hasSize(10);
    assertThat(usedAgain).isEmpty();
  }

  // not for ever: okhttp reads on to the end, and could use the connection again
  private static void speakOn(Socket socket) throws IOException {
    ApiDouble.write(
        socket, ApiDouble.head(200, "application/json", -1, "Transfer-Encoding: chunked"));
    for (int version = 8; version < 200; version++) {
      String line = "{\"type\":\"MODIFIED\",\"object\":" + Fixture.node("n1", version) + "}\n";
      int length = line.getBytes(StandardCharsets.UTF_8).length;
      ApiDouble.write(socket, Integer.toHexString(length) + "\r\n" + line + "\r\n");
    }
    ApiDouble.write(socket, "0\r\n\r\n");
  }

  @Test
  void goesOnAfterErrorsAndNeverTakesThemForAbsence() throws InterruptedException {
    api.when(
            "GET",
            ApiDouble.json(503, Fixture.status(503, "X", "busy")),
            ApiDouble.reset(),
            node(7),
            ApiDouble.text(404, "text/plain", "404 page not found"),
            ApiDouble.json(404, Fixture.absent("nodes", "n1")),
            node(9))
        .whenWatched(watch.isCut());

    cluster.watchNode("n1", readings::add);

    assertThat(Fixture.next(readings)).isInstanceOf(NodeReading.Unknown.class);
    assertThat(Fixture.next(readings)).isInstanceOf(NodeReading.Unknown.class);
    assertThat(versionOf(Fixture.next(readings))).isEqualTo("7");
    assertThat(Fixture.next(readings)).isInstanceOf(NodeReading.Unknown.class);
    assertThat(Fixture.next(readings)).isEqualTo(new NodeReading.Gone());
    assertThat(versionOf(Fixture.next(readings))).isEqualTo("9");
  }

  @Test
  void tellsAllNodesFirstAndThenWhatChanges() throws InterruptedException {
    api.when(
            "GET",
            ApiDouble.json(
                200,
                Fixture.list("NodeList", 7, "next", Fixture.node("a", 1), Fixture.node("b", 2))),
            ApiDouble.json(200, Fixture.list("NodeList", 7, "", Fixture.node("c", 3))),
            ApiDouble.json(500, "{}"),
            ApiDouble.json(200, Fixture.list("NodeList", 9, "", Fixture.node("b", 2))))
        .whenWatched(
            watch
                .says("MODIFIED", Fixture.node("a", 4))
                .says("DELETED", Fixture.node("c", 5))
                .error(410));

    cluster.watchNodes(listener);

    assertThat(Fixture.next(told)).isEqualTo("a@1");
    assertThat(Fixture.next(told)).isEqualTo("b@2");
    assertThat(Fixture.next(told)).isEqualTo("c@3");
    assertThat(Fixture.next(told)).isEqualTo("a@4");
    assertThat(Fixture.next(told)).isEqualTo("c gone");
    assertThat(Fixture.next(told)).as("by the list after the error").isEqualTo("a gone");
    watch.awaitOpening(2);
    watch.says("MODIFIED", Fixture.node("b", 6));
    assertThat(Fixture.next(told)).as("unchanged ones are not told again").isEqualTo("b@6");
  }

  @Test
  void tellsOfNoNodeOfAListThatBreaksOff() throws InterruptedException {
    api.when(
            "GET",
            ApiDouble.json(200, Fixture.list("NodeList", 7, "next", Fixture.node("a", 1))),
            ApiDouble.truncated(200, Fixture.list("NodeList", 7, "", Fixture.node("b", 1))),
            ApiDouble.json(200, Fixture.list("NodeList", 8, "", Fixture.node("c", 1))))
        .whenWatched(watch);

    cluster.watchNodes(listener);

    assertThat(Fixture.next(told)).isEqualTo("c@1");
  }

  @Test
  void survivesAListenerThatThrows() throws InterruptedException {
    api.when("GET", node(7), node(8)).whenWatched(watch);

    cluster.watchNode(
        "n1",
        reading -> {
          readings.add(reading);
          if (versionOf(reading).equals("7")) {
            throw new IllegalStateException("on purpose");
          }
        });

    assertThat(versionOf(Fixture.next(readings))).isEqualTo("7");
    assertThat(versionOf(Fixture.next(readings))).isEqualTo("8");
  }
}

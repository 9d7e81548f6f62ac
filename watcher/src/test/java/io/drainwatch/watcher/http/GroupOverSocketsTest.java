package io.drainwatch.watcher.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Group;
import io.drainwatch.watcher.daemon.SilentNode;
import io.drainwatch.watcher.report.StatusJson;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who is in the group, told over a real socket to a real daemon. */
@Timeout(60)
class GroupOverSocketsTest {
  private static final String PATH = "/maintenance/group";

  @TempDir Path directory;

  private Neighbourhood started() throws Exception {
    Neighbourhood neighbourhood = new Neighbourhood(directory).start();
    awaitIdentity(neighbourhood);
    return neighbourhood;
  }

  private static void awaitIdentity(Neighbourhood neighbourhood) {
    Awaitility.await()
        .until(() -> neighbourhood.application().daemon().watch().machine().isPresent());
  }

  private static String list(String... vms) {
    return Stream.of(vms)
        .map(vm -> "{\"vmName\":\"%s\",\"id\":\"id-of-%s\",\"up\":true}".formatted(vm, vm))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static List<String> known(Neighbourhood neighbourhood) {
    return neighbourhood.application().daemon().watch().peers().group().stream()
        .flatMap(group -> group.known().stream())
        .map(Group.Known::vmName)
        .toList();
  }

  private static String reason(HttpResponse<String> response) throws IOException {
    return StatusJson.readTree(response.body()).path("reason").asText();
  }

  @Test
  void takesInWhoIsThere() throws Exception {
    try (Neighbourhood neighbourhood = started()) {
      HttpResponse<String> told =
          neighbourhood.post(PATH, list("west_0", Neighbourhood.VM, "west_1"));

      assertThat(told.statusCode()).as(told.body()).isEqualTo(202);
      assertThat(StatusJson.readStatus(told.body()).version()).isEqualTo("1.2.3");
      assertThat(known(neighbourhood)).containsExactly("west_0", "west_1");
      assertThat(neighbourhood.application().daemon().watch().episode()).isEmpty();
    }
  }

  @Test
  void takesInTheLargestGroupAndNoLargerOne() throws Exception {
    String others =
        IntStream.range(0, GroupRequest.MOST)
            .mapToObj(
                i ->
                    "{\"vmName\":\"%s_%03d\",\"id\":\"%s\",\"boot\":\"%s\",\"up\":true}"
                        .formatted("p".repeat(60), i, "i".repeat(36), "b".repeat(30)))
            .collect(Collectors.joining(","));
    String own = "{\"vmName\":\"%s\",\"id\":\"i\",\"up\":true}".formatted(Neighbourhood.VM);
    try (Neighbourhood neighbourhood = started()) {
      assertThat(neighbourhood.post(PATH, "[" + own + "," + others + "]").statusCode())
          .isEqualTo(400);
      assertThat(known(neighbourhood)).isEmpty();

      String most = "[" + own + others.substring(others.indexOf(",{")) + "]";
      assertThat(neighbourhood.post(PATH, most).statusCode()).isEqualTo(202);
      assertThat(known(neighbourhood)).hasSize(GroupRequest.MOST - 1);
      assertThat(neighbourhood.post(PATH, " ".repeat(200_000)).statusCode()).isEqualTo(413);
    }
  }

  @Test
  void refusesAListWithoutThisVm() throws Exception {
    try (Neighbourhood neighbourhood = started()) {
      neighbourhood.post(PATH, list(Neighbourhood.VM, "west_0"));

      HttpResponse<String> refused = neighbourhood.post(PATH, list("west_0", "west_1"));

      assertThat(refused.statusCode()).isEqualTo(409);
      assertThat(reason(refused)).isEqualTo("another_group");
      assertThat(known(neighbourhood)).containsExactly("west_0");
    }
  }

  @Test
  void refusesAListThatIsFaultyInOnePlaceAltogether() throws Exception {
    try (Neighbourhood neighbourhood = started()) {
      neighbourhood.post(PATH, list(Neighbourhood.VM, "west_0"));

      for (String body :
          List.of("", "[]", "{}", list(Neighbourhood.VM, "west_0", "west_1", "no name"))) {
        HttpResponse<String> refused = neighbourhood.post(PATH, body);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
      }
      assertThat(known(neighbourhood)).containsExactly("west_0");
    }
  }

  @Test
  void refusesWhatComesWithoutTheToken() throws Exception {
    try (Neighbourhood neighbourhood = started()) {
      HttpResponse<String> refused =
          neighbourhood.send(
              neighbourhood
                  .to(PATH)
                  .POST(HttpRequest.BodyPublishers.ofString(list(Neighbourhood.VM, "west_0"))));

      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(known(neighbourhood)).isEmpty();
    }
  }

  @Test
  void refusesASecondSourceWhereNodesTellOfTheGroup() throws Exception {
    try (Neighbourhood neighbourhood =
        new Neighbourhood(directory).node(new NodeThatSeesTheOthers()).start()) {
      awaitIdentity(neighbourhood);

      HttpResponse<String> refused = neighbourhood.post(PATH, list(Neighbourhood.VM, "west_0"));

      assertThat(refused.statusCode()).isEqualTo(409);
      assertThat(reason(refused)).isEqualTo("group_is_seen");
      assertThat(refused.body()).contains("kubernetes.other-nodes");
      assertThat(known(neighbourhood)).isEmpty();
    }
  }

  private static final class NodeThatSeesTheOthers extends SilentNode {
    @Override
    public boolean seesTheGroup() {
      return true;
    }
  }
}

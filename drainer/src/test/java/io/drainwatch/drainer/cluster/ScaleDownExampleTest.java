package io.drainwatch.drainer.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.drainwatch.drainer.scaledown.Action;
import io.drainwatch.drainer.scaledown.ClaimFacts;
import io.drainwatch.drainer.scaledown.Plan;
import io.drainwatch.drainer.scaledown.ScaleDown;
import io.drainwatch.drainer.scaledown.ScaleDownKeys;
import io.drainwatch.drainer.scaledown.SetFacts;
import io.drainwatch.drainer.scaledown.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code config/examples/scale-down}, read as the server would give it back. */
class ScaleDownExampleTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private static SetFacts set(int replicas) throws IOException {
    Path here = Path.of("config", "examples", "scale-down", "datastore.yml").toAbsolutePath();
    Path file =
        Files.exists(here)
            ? here
            : Path.of("..").resolve("config/examples/scale-down/datastore.yml");
    try (MappingIterator<JsonNode> documents =
        new YAMLMapper().readerFor(JsonNode.class).readValues(file.toFile())) {
      while (documents.hasNext()) {
        JsonNode each = documents.next();
        if (each.path("kind").asText().equals("StatefulSet")) {
          ObjectNode metadata = (ObjectNode) each.path("metadata");
          metadata.put("uid", "u").put("resourceVersion", "1").put("namespace", "shop");
          metadata.putArray("finalizers").add(ScaleDownKeys.SCALE_DOWN);
          ((ObjectNode) each.path("spec")).put("replicas", replicas);
          return SetReader.read(each).orElseThrow();
        }
      }
    }
    throw new AssertionError("no set in " + file);
  }

  private static Plan plan(int replicas) throws IOException {
    List<ClaimFacts> claims =
        Stream.of(0, 1, 2)
            .map(
                i -> new ClaimFacts("shop", "data-datastore-" + i, "c" + i, "1", false, false, NOW))
            .toList();
    return ScaleDown.plan(
        set(replicas), new Surroundings(claims, List.of(), List.of(), false), NOW);
  }

  @Test
  void ofThreeIsLeftAlone() throws IOException {
    assertThat(plan(3).actions()).isEmpty();
    assertThat(plan(3).standing().isManaged()).isTrue();
  }

  @Test
  void fromThreeToTwoTheThirdIsCleanedUp() throws IOException {
    Plan plan = plan(2);

    assertThat(plan.actions()).singleElement().isInstanceOf(Action.CreatePod.class);
    JsonNode pod = new YAMLMapper().readTree(((Action.CreatePod) plan.actions().getFirst()).json());
    assertThat(pod.at("/metadata/name").asText()).isEqualTo("datastore-2");
    assertThat(pod.at("/metadata/labels/app").asText()).isEqualTo("datastore-cleanup");
    assertThat(pod.at("/spec/volumes/0/persistentVolumeClaim/claimName").asText())
        .isEqualTo("data-datastore-2");
    assertThat(pod.at("/spec/containers/0/volumeMounts/0/name").asText())
        .isEqualTo(pod.at("/spec/volumes/0/name").asText());
  }
}

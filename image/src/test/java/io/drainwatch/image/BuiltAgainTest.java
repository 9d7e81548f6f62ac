package io.drainwatch.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class BuiltAgainTest {
  @TempDir static Path elsewhere;
  private static PlayedRegistry registry;
  private static Path again;

  @BeforeAll
  static void buildAgainAndPush() throws Exception {
    Order order = Order.fromProperties();
    Path packages = Files.createDirectories(elsewhere.resolve("debian"));
    try (Stream<Path> files = Files.list(order.directory().resolve("debian"))) {
      for (Path each : files.toList()) {
        Files.copy(each, packages.resolve(each.getFileName()));
      }
    }
    registry = PlayedRegistry.start(elsewhere);
    again = new BuildImage(order.in(elsewhere, registry.name("drainwatch:tried"))).build();
  }

  @AfterAll
  static void closeRegistry() {
    registry.close();
  }

  @Test
  void hasTheSameBytes() throws Exception {
    assertThat(again).hasSameBinaryContentAs(UnpackedImage.file());
  }

  @Test
  void isWholeInTheRegistryItIsPushedTo() throws Exception {
    JsonNode manifest = new ObjectMapper().readTree(registry.manifest("drainwatch", "tried"));

    JsonNode config =
        new ObjectMapper()
            .readTree(
                new String(
                    registry.blob(manifest.get("config").get("digest").asText()),
                    StandardCharsets.UTF_8));
    assertThat(config.get("config").get("User").asText()).isEqualTo("65532:65532");
    assertThat(manifest.get("layers"))
        .hasSize(config.get("rootfs").get("diff_ids").size())
        .allSatisfy(
            layer ->
                assertThat(
                        "sha256:" + Downloads.sha256(registry.blob(layer.get("digest").asText())))
                    .isEqualTo(layer.get("digest").asText()));
  }
}

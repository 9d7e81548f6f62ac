package io.drainwatch.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class BuiltAgainTest {
  private static Path elsewhere;
  private static PlayedRegistry registry;
  private static Path again;

  @BeforeAll
  static void buildAgainAndPush() throws Exception {
    Order order = Order.fromProperties();
    // not below /tmp: the training has hooks, and those are refused where everybody may write
    elsewhere = Staging.empty(order.directory().resolveSibling("image-again"));
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
  static void closeRegistry() throws IOException {
    registry.close();
    Staging.empty(elsewhere);
  }

  /** That is made of what a JVM did; without it the whole image has the same bytes. */
  @Test
  void hasTheSameBytesButForTheCache() throws Exception {
    List<String> layers = layers(again);
    List<String> first = layers(UnpackedImage.file());

    if (Order.fromProperties().model().isEmpty()) {
      assertThat(again).hasSameBinaryContentAs(UnpackedImage.file());
    } else {
      // the last but one: above it is only the directory for the state
      assertThat(layers.remove(layers.size() - 2)).isNotEqualTo(first.remove(first.size() - 2));
    }
    assertThat(layers).isEqualTo(first).hasSizeGreaterThan(4);
  }

  /** By their checksums. */
  private static List<String> layers(Path tar) throws Exception {
    try (TarArchiveInputStream in = new TarArchiveInputStream(Files.newInputStream(tar))) {
      for (TarArchiveEntry each = in.getNextEntry(); each != null; each = in.getNextEntry()) {
        if (each.getName().equals("manifest.json")) {
          List<String> names = new ArrayList<>();
          new ObjectMapper()
              .readTree(in.readAllBytes())
              .get(0)
              .get("Layers")
              .forEach(layer -> names.add(layer.asText()));
          return names;
        }
      }
    }
    throw new IOException("no manifest in " + tar);
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

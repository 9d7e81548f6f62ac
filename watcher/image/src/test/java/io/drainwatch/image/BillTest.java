package io.drainwatch.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The bill of materials that is in the image, against what else is in it. */
@Timeout(180)
class BillTest {
  @TempDir static Path directory;

  private static Path home;
  private static JsonNode bill;

  @BeforeAll
  static void read() throws Exception {
    assumeFalse(Order.fromProperties().bills().isEmpty(), "the modules' bills were not made");
    UnpackedImage image = UnpackedImage.into(directory);
    String path = image.config().get("Labels").get("io.drainwatch.sbom").asText();
    assertThat(path).isEqualTo("/usr/lib/drainwatch/sbom.json");
    home = image.root().resolve("usr/lib/drainwatch");
    bill = new ObjectMapper().readTree(image.root().resolve(path.substring(1)).toFile());
  }

  private static Stream<JsonNode> components() {
    return StreamSupport.stream(bill.get("components").spliterator(), false);
  }

  @Test
  void namesEveryJarInItWithItsChecksumAndNothingElse() throws Exception {
    Map<String, String> shipped = new TreeMap<>();
    for (String each : new String[] {"lib", "azure"}) {
      if (Files.exists(home.resolve(each))) {
        try (Stream<Path> files = Files.list(home.resolve(each))) {
          for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
            shipped.put(each + "/" + jar.getFileName(), Downloads.sha256(Files.readAllBytes(jar)));
          }
        }
      }
    }

    assertThat(
            components()
                .filter(each -> each.path("purl").asText().startsWith("pkg:maven/"))
                .collect(
                    Collectors.toMap(
                        each -> each.at("/evidence/occurrences/0/location").asText(),
                        each -> each.at("/hashes/0/content").asText())))
        .isEqualTo(shipped)
        .hasSizeGreaterThan(40);
  }

  @Test
  void namesEveryPackageOfDebianInItsBase() throws Exception {
    Order order = Order.fromProperties();
    assumeTrue(order.base().isEmpty(), "another base image");

    assertThat(
            components()
                .filter(each -> each.path("purl").asText().startsWith("pkg:deb/"))
                .map(
                    each ->
                        each.get("name").asText() + " " + each.at("/hashes/0/content").asText()))
        .containsExactlyInAnyOrderElementsOf(
            Pin.of(Order.architecture()).stream()
                .map(pin -> pin.name() + " " + pin.sha256())
                .toList());
  }
}

package io.drainwatch.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BillTest {
  private Order order;
  private JsonNode bill;

  @BeforeEach
  void read() throws Exception {
    order = Order.fromProperties();
    assumeFalse(order.bills().isEmpty(), "the modules' bills of materials were not made");
    bill = new ObjectMapper().readTree(order.home().resolve(Bill.NAME).toFile());
  }

  private Stream<JsonNode> components(String type) {
    return StreamSupport.stream(bill.get("components").spliterator(), false)
        .filter(each -> each.get("type").asText().equals(type));
  }

  @Test
  void namesEveryJarThatIsShippedWithVersionAndChecksumAndNothingElse() throws Exception {
    Map<String, String> shipped = new TreeMap<>();
    for (String directory : new String[] {"lib", "azure"}) {
      try (Stream<Path> files = Files.list(order.home().resolve(directory))) {
        for (Path each : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
          shipped.put(directory + "/" + each.getFileName(), Archive.sha256(each));
        }
      }
    }

    Map<String, String> named = new TreeMap<>();
    components("library")
        .forEach(
            each -> {
              String path = each.at("/evidence/occurrences/0/location").asText();
              named.put(path, each.at("/hashes/0/content").asText());
              assertThat(path)
                  .contains(each.get("name").asText() + "-" + each.get("version").asText());
              assertThat(each.get("purl").asText()).startsWith("pkg:maven/");
              assertThat(each.get("licenses")).as(path).isNotEmpty();
            });
    assertThat(named).isEqualTo(shipped).hasSizeGreaterThan(40);
  }

  @Test
  void namesTheJavaThatIsShipped() {
    assertThat(components("platform")).hasSize(1);
    assertThat(components("platform").findFirst().orElseThrow().get("version").asText())
        .isEqualTo(System.getProperty("java.vm.version"));
    assertThat(bill.get("components"))
        .allMatch(each -> each.get("type").asText().matches("library|platform"));
  }

  @Test
  void hasNothingOfTheDayOrTheMachine() throws Exception {
    assertThat(bill.at("/metadata/timestamp").asText()).isEqualTo(order.time().toString());
    assertThat(bill.has("serialNumber")).isFalse();
    assertThat(bill.toString())
        .doesNotContain(System.getProperty("user.home") + "/", order.sources().toString());
  }

  @Test
  void itsGraphNamesNothingThatIsNotThere() {
    var references =
        Stream.concat(
                Stream.of("drainwatch"),
                StreamSupport.stream(bill.get("components").spliterator(), false)
                    .map(each -> each.get("bom-ref").asText()))
            .toList();

    assertThat(references).doesNotHaveDuplicates();
    for (JsonNode each : bill.get("dependencies")) {
      assertThat(references).contains(each.get("ref").asText());
      each.path("dependsOn").forEach(on -> assertThat(references).contains(on.asText()));
    }
  }

  @Test
  void liesBesideTheArchiveToo() throws Exception {
    assertThat(order.bill()).hasSameBinaryContentAs(order.home().resolve(Bill.NAME));
    Processes.run(
        new ProcessBuilder("sha256sum", "-c", order.bill().getFileName() + ".sha256")
            .directory(order.directory().toFile()));
  }

  @Test
  void aJarThatNoModuleKnowsStopsTheBuild() throws Exception {
    Bill empty = new Bill(order.bills());

    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> empty.ships(Path.of("lib/unknown-1.0.jar"), "lib/unknown-1.0.jar"))
        .hasMessageMatching(Pattern.quote("no module's bill of materials names unknown-1.0.jar"));
  }
}

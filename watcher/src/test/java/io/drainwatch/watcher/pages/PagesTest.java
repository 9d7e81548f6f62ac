package io.drainwatch.watcher.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What all pages share. */
class PagesTest {
  private static final Frame FRAME =
      new Frame(
          "Draining <vm>",
          "<b>vm</b>",
          "VM",
          "1.2.3",
          Instant.parse("2026-06-01T08:00:00Z"),
          "live",
          "maintenance/stream",
          List.of("fleet.css"));

  private static List<Path> resources(String directory) throws IOException, URISyntaxException {
    Path at =
        Path.of(
            Objects.requireNonNull(PageTemplate.class.getResource(directory), directory).toURI());
    try (Stream<Path> files = Files.list(at)) {
      return files.sorted().toList();
    }
  }

  private static List<Path> templates() throws IOException, URISyntaxException {
    return resources("templates");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("templates")
  void noTemplateHasAValueThatIsNotEscapedNorAnythingInlineOrForeign(Path template) {
    assertThat(text(template))
        .doesNotContain("{{{", "{{&", "<style", " style=", "javascript:", "://", "src=\"//")
        .doesNotContainPattern("(?i)\\son[a-z]+=")
        .doesNotContainPattern("(?i)<script(?! src=\"assets/[a-z-]+\\.js\" defer></script>)");
  }

  @Test
  void escapesWhateverIsInAView() {
    String head = PageTemplate.named("head").render(Map.of("frame", FRAME));
    assertThat(head)
        .contains("<title>Draining &lt;vm&gt;</title>", "<h1>&lt;b&gt;vm&lt;/b&gt;</h1>")
        .contains("href=\"assets/fleet.css\"")
        .doesNotContain("<b>");
  }

  @Test
  void theScriptMakesNoMarkupOfText() throws IOException, URISyntaxException {
    assertThat(resources("assets").stream().filter(each -> each.toString().endsWith(".js")))
        .allSatisfy(
            script ->
                assertThat(text(script))
                    .doesNotContain("innerHTML", "outerHTML", "insertAdjacent", "document.write")
                    .doesNotContain("eval(", "new Function", "://"));
  }

  @Test
  void servesItsFilesWithTypeAndTag() {
    Asset style = Asset.named("base.css").orElseThrow();
    assertThat(style.type()).isEqualTo("text/css; charset=utf-8");
    assertThat(style.etag()).matches("\"[0-9a-f]{16}\"");
    assertThat(Asset.named("live.js").orElseThrow().type()).startsWith("text/javascript");
    assertThat(Asset.named("icon.svg").orElseThrow().type()).isEqualTo("image/svg+xml");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nothing.css",
        "../templates/head.mustache",
        "..",
        "base.css/",
        "../pages/assets/base.css",
        "%2e%2e/base.css",
        "base.css\0",
        "BASE.CSS",
        "PageTemplate.class"
      })
  void givesNothingElse(String name) {
    assertThat(Asset.named(name)).isEmpty();
  }

  @Test
  void boundsTextAndDropsWhatCannotBeSeen() {
    assertThat(ShownText.of("a\tb\u202Ec\u0000d\n")).isEqualTo("abcd");
    assertThat(ShownText.of("x".repeat(600))).hasSize(501).endsWith("\u2026");
    assertThat(ShownText.of("\uD83D\uDE00\uD83D\uDE00", 3)).isEqualTo("\uD83D\uDE00\u2026");
    assertThat(ShownText.of("M\u00fcller <b>", 20)).isEqualTo("M\u00fcller <b>");
  }

  @ParameterizedTest
  @CsvSource({
    "PT0.85S,850 ms",
    "PT12S,12 s",
    "PT2M,2 min",
    "PT14M59S,14 min 59 s",
    "PT2H3M4S,2 h 3 min",
    "P3DT4H5M,3 d 4 h",
    "-PT5S,-5 s"
  })
  void writesDurations(Duration time, String text) {
    assertThat(ShownTime.duration(time)).isEqualTo(text);
  }

  @Test
  void writesWhatIsLeft() {
    assertThat(ShownTime.left(Duration.ofSeconds(90))).isEqualTo("1 min 30 s left");
    assertThat(ShownTime.left(Duration.ofSeconds(-3))).isEqualTo("passed 3 s ago");
    assertThat(ShownTime.left(Duration.ofMillis(400))).isEqualTo("0 s left");
    assertThat(ShownTime.seconds(Duration.ofSeconds(-3))).isEqualTo("0 s");
  }
}

package io.drainwatch.watcher.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataSettingsTest {
  private static MetadataSettings with(String base, Duration pollInterval) {
    MetadataSettings defaults = MetadataSettings.defaults();
    return new MetadataSettings(
        URI.create(base),
        defaults.versions(),
        defaults.instanceVersion(),
        pollInterval,
        defaults.connectLimit(),
        defaults.exchangeLimit(),
        defaults.firstAnswerLimit());
  }

  @Test
  void defaultsAreThoseOfTheSpecification() {
    MetadataSettings defaults = MetadataSettings.defaults();

    assertThat(defaults.base()).hasToString("http://169.254.169.254");
    assertThat(defaults.versions()).isEqualTo(new ApiVersions("2020-07-01", false));
    assertThat(defaults.instanceVersion()).isEqualTo("2021-02-01");
    assertThat(defaults.pollInterval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(defaults.connectLimit()).isEqualTo(Duration.ofSeconds(2));
    assertThat(defaults.exchangeLimit()).isEqualTo(Duration.ofSeconds(10));
    assertThat(defaults.firstAnswerLimit()).isEqualTo(Duration.ofSeconds(150));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://169.254.169.254",
        "169.254.169.254",
        "http:///path",
        "http://user:secret@127.0.0.1",
        "http://127.0.0.1/metadata",
        "http://127.0.0.1?a=b",
        "file:/etc/passwd"
      })
  void refusesAnAddressThatIsNoPlainOne(String base) {
    assertThatThrownBy(() -> with(base, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("http://169.254.169.254")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT0.0001S", "P2D"})
  void refusesAnImpossibleInterval(String interval) {
    assertThatThrownBy(() -> with("http://127.0.0.1:1", Duration.parse(interval)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("poll interval");
  }
}

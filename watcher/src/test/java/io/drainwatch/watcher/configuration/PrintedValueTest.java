package io.drainwatch.watcher.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintedValueTest {

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource({
    "drainwatch.notify.token, abc",
    "drainwatch.notify.client-secret, abc",
    "DRAINWATCH_NOTIFY_PASSWORD, abc",
    "drainwatch.api-key, abc",
    "drainwatch.x, http://user:pass@host",
    "drainwatch.x, https://hooks.example/x?sig=abc",
    "drainwatch.x, Bearer abc",
    "drainwatch.x, eyJhbGciOiJIUzI1NiJ9",
    "drainwatch.x, dGhpcyBpcyBhIHZlcnkgbG9uZyBrZXkgMTIzNDU2Nzg5MA==",
    "drainwatch.x, 0123456789abcdef0123456789abcdef01234567",
  })
  void withholdsWhatLooksLikeASecret(String key, String value) {
    assertThat(PrintedValue.of(key, value)).isEqualTo(PrintedValue.WITHHELD);
  }

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource({
    "drainwatch.state-dir, /var/lib/drainwatch/with/a/long/way/to/go/for/2026",
    "drainwatch.hooks.env-drop[0], *TOKEN*",
    "drainwatch.metadata.url, http://169.254.169.254:80/metadata",
    "drainwatch.vm-name, aks-nodepool1-12345678-vmss_12",
  })
  void showsWhatIsNone(String key, String value) {
    assertThat(PrintedValue.of(key, value)).isEqualTo(value);
  }

  @Test
  void keepsToOneShortLine() {
    assertThat(PrintedValue.of("k", "a\nb\u001b[31mc\u2028d\u202e")).isEqualTo("ab[31mcd");
    assertThat(PrintedValue.of("k", "x ".repeat(500))).hasSizeLessThan(130);
  }
}

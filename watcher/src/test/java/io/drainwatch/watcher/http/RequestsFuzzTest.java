package io.drainwatch.watcher.http;

import static io.drainwatch.drainer.fuzz.Fuzz.throwAt;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** L10: bodies of requests. */
class RequestsFuzzTest {
  @Test
  @DisplayName("L10 a command is taken or refused with bounded words")
  void aCommand() {
    throwAt(
        List.of("{\"type\":\"Reboot\",\"within\":\"10m\"}", "{}", ""),
        refusedOr(body -> assertThat(DrainRequest.read(body).type()).isNotNull()));
  }

  @Test
  @DisplayName("L10 a group of VMs is taken whole or refused with bounded words")
  void aGroup() {
    throwAt(
        List.of(
            "[{\"vmName\":\"pool_0\",\"id\":\"a\",\"boot\":\"b\",\"up\":true},"
                + "{\"vmName\":\"pool_1\",\"id\":\"c\",\"up\":false}]",
            "{\"members\":[{\"vmName\":\"pool_0\",\"id\":\"a\",\"up\":true}]}"),
        refusedOr(
            body ->
                assertThat(GroupRequest.read(body).members())
                    .isNotEmpty()
                    .hasSizeLessThanOrEqualTo(GroupRequest.MOST)));
  }

  private static Consumer<byte[]> refusedOr(Consumer<String> reader) {
    return bytes -> {
      try {
        reader.accept(new String(bytes, UTF_8));
      } catch (RequestRefused e) {
        assertThat(String.valueOf(e.getMessage())).isNotBlank().hasSizeLessThan(2_000);
      }
    };
  }
}

package io.drainwatch.watcher.operator;

import static io.drainwatch.drainer.fuzz.Fuzz.throwAt;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** L10: what answers at the daemon's address, be it the daemon or not. */
class StatusFuzzTest {
  @Test
  @DisplayName("L10 what is no status is not taken for one, and nothing is thrown")
  void aStatusOrNone() {
    URI address = URI.create("http://127.0.0.1:1");
    throwAt(
        List.of(
            "{\"version\":\"1\",\"machine\":{\"vmName\":\"a\"},\"events\":[],\"maintenance\":null}",
            "<html>Sign in</html>"),
        bytes -> StatusReading.understood(address, new String(bytes, UTF_8)));
  }
}

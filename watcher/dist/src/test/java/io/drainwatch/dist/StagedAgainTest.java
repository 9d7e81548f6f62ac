package io.drainwatch.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class StagedAgainTest {
  @TempDir Path elsewhere;

  @Test
  void hasTheSameBytesButForTheCache() throws Exception {
    Order order = Order.fromProperties();
    new Staging(order.in(elsewhere)).build();

    Map<String, String> first = sums(order.home());
    assertThat(first.remove("lib/drainwatch.jsa")).isNotNull();
    assertThat(sums(order.in(elsewhere).home())).isEqualTo(first);
  }

  private static Map<String, String> sums(Path home) throws IOException {
    Map<String, String> sums = new TreeMap<>();
    try (Stream<Path> files = Files.walk(home)) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        sums.put(home.relativize(each).toString(), Archive.sha256(each));
      }
    }
    return sums;
  }
}

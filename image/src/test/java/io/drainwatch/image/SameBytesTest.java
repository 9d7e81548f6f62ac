package io.drainwatch.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class SameBytesTest {
  @TempDir Path elsewhere;

  @Test
  void areMadeWhenItIsBuiltAgain() throws Exception {
    Order order = Order.fromProperties();
    Path packages = Files.createDirectories(elsewhere.resolve("debian"));
    try (Stream<Path> files = Files.list(order.directory().resolve("debian"))) {
      for (Path each : files.toList()) {
        Files.copy(each, packages.resolve(each.getFileName()));
      }
    }

    Path again = new BuildImage(order.in(elsewhere)).build();

    assertThat(again).hasSameBinaryContentAs(UnpackedImage.file());
  }
}

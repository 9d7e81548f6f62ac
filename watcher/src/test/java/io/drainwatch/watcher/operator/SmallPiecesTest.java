package io.drainwatch.watcher.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.watcher.configuration.DrainwatchSettings.Server;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmallPiecesTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, http://127.0.0.1:9797",
    "0.0.0.0, http://127.0.0.1:9797",
    "::, http://127.0.0.1:9797",
    "::1, http://[::1]:9797",
    "[::1], http://[::1]:9797",
    "localhost, http://localhost:9797",
    "10.0.0.4, http://10.0.0.4:9797"
  })
  void asksWhereTheDaemonListens(String host, URI address) {
    assertThat(DaemonAddress.of(new Server(host, 9797))).contains(address);
  }

  @Test
  void nobodyKnowsAPortThatIsLeftToTheSystem() {
    assertThat(DaemonAddress.of(new Server("127.0.0.1", -1))).isEmpty();
  }

  @Test
  void saysWhoseTokenItIs() {
    TokenReading notOurs =
        new TokenReading.NotForUs(Path.of("/var/lib/drainwatch/token"), Optional.of("drain"));

    assertThat(notOurs.complaint())
        .contains(
            "The token /var/lib/drainwatch/token may only be read by drain: run this as that user,"
                + " such as sudo -u drain drainwatch ...");
  }

  @Test
  void readsTheTokenAndNeverPrintsIt() throws IOException {
    Files.writeString(directory.resolve("token"), "s3cret\n");

    TokenReading found = TokenReading.in(directory);

    assertThat(found).isEqualTo(new TokenReading.Found("s3cret"));
    assertThat(found.complaint()).isEmpty();
    assertThat(found.toString()).doesNotContain("s3cret");
  }

  @Test
  void aTokenThatIsNoneIsSaid() throws IOException {
    assertThat(TokenReading.in(directory)).isInstanceOf(TokenReading.Missing.class);
    Files.writeString(directory.resolve("token"), "two words");
    assertThat(TokenReading.in(directory)).isInstanceOf(TokenReading.Unreadable.class);
  }

  @Test
  void writesAnOrderAsTheDaemonReadsIt() {
    OperatorOrder order =
        OperatorOrder.drain(Optional.of("Preempt"), Optional.of(Duration.ofMinutes(10)));

    assertThat(order.path()).isEqualTo("/maintenance/drain");
    assertThat(order.json()).isEqualTo("{\"type\":\"Preempt\",\"within\":\"PT10M\"}");
    assertThat(OperatorOrder.resume().json()).isEqualTo("{}");
  }

  @Test
  void tellsAllThatTheDaemonFindsWrong() {
    assertThat(
            OperatorOrder.why(
                "{\"what\":\"w\",\"why\":\"the request has faults\",\"faults\":["
                    + "{\"key\":\"within\",\"reason\":\"must be 1 s to 7 d\"}]}"))
        .contains("the request has faults; within: must be 1 s to 7 d");
    assertThat(OperatorOrder.why("<html>")).isEmpty();
    assertThat(OperatorOrder.why("{}")).isEmpty();
  }
}

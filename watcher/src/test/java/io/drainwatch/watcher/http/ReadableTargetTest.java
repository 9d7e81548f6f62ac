package io.drainwatch.watcher.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ReadableTargetTest {
  private static final String UPGRADE =
      "Host: here\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
          + "GET /health/liveness HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n";

  @ParameterizedTest
  @CsvSource({
    "/, true",
    "/maintenance/history?limit=2, true",
    "http://here/maintenance, true",
    "*, true",
    "/%zz, false",
    "/%, false",
    "/a|b, false",
    "mailto:x, false",
    "'', true",
  })
  void isAUri(String target, boolean isReadable) {
    assertThat(ReadableTarget.isReadable(target)).isEqualTo(isReadable);
  }

  /** Found by {@link WildRequestsTest}: seed 20261122 and others. */
  @Test
  void noTargetIsLoggedAsItCameAndEachIsAnswered(@TempDir Path directory) throws Exception {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    try (Neighbourhood neighbourhood = new Neighbourhood(directory).start()) {
      await().until(() -> neighbourhood.get("/health/readiness").statusCode() == 200);
      System.setErr(new PrintStream(log, true, UTF_8));
      for (String target : new String[] {"/%\u001b[2Jforged", "/%zz", "/|"}) {
        String answer =
            WildRequests.send(
                neighbourhood.application().address(),
                ("GET " + target + " HTTP/1.1\r\n" + UPGRADE).getBytes(ISO_8859_1),
                20_000);
        assertThat(answer).as(target).startsWith("HTTP/1.1 404 ");
      }
    } finally {
      System.setErr(before);
    }
    assertThat(log.toString(UTF_8)).doesNotContain("forged", "\u001b", "\tat ");
  }
}

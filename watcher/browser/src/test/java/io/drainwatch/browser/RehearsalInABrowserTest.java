package io.drainwatch.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.drainwatch.watcher.Drainwatch;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code drainwatch rehearse --open}, as somebody would look at it. */
@Timeout(300)
class RehearsalInABrowserTest {
  private static final String PREFIX = "Status page: ";
  private static final String WATCH =
      """
      window.states = [];
      new MutationObserver(() => {
        const now = document.querySelector("[aria-current=step] h3");
        const state = now && now.firstChild.data.trim();
        if (state && window.states.at(-1) !== state) window.states.push(state);
      }).observe(document.getElementById("live"),
          {subtree: true, childList: true, characterData: true, attributes: true});
      """;

  @TempDir private Path directory;

  @Test
  void isFollowedLiveOnItsPage() throws Exception {
    try (BrowserBed bed = BrowserBed.start()) {
      Process rehearsal = start();
      try (BufferedReader out =
          new BufferedReader(
              new InputStreamReader(rehearsal.getInputStream(), StandardCharsets.UTF_8))) {
        try (Window window = bed.open(address(out))) {
          window.mark().page().evaluate(WATCH);
          window
              .page()
              .waitForCondition(
                  () ->
                      ((List<?>) window.page().evaluate("window.states"))
                          .contains("MaintenanceStarted"),
                  new Page.WaitForConditionOptions().setTimeout(120_000));
          assertThat((List<Object>) window.page().evaluate("window.states"))
              .contains("Draining", "Drained");
          assertThat(window.isNotLoadedAnew()).isTrue();
          window.hasNoComplaints();
        }
        assertThat(out.lines().toList()).anyMatch(line -> line.startsWith("PASSED"));
      } finally {
        rehearsal.destroy();
      }
      assertThat(rehearsal.waitFor()).isZero();
    }
  }

  private static URI address(BufferedReader out) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(PREFIX)) {
        return URI.create(line.substring(PREFIX.length()) + "/");
      }
    }
    throw new IOException("no address was told");
  }

  private Process start() throws IOException {
    Path scenario =
        Files.writeString(
            directory.resolve("scenario.yml"),
            """
            steps:
              - after: 20s # the browser is there by then
                event: {type: Reboot, notice: 60s, approval-delay: 2s, started-for: 8s}
            """);
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Drainwatch.class.getName(),
            "rehearse",
            "--open",
            "--scenario",
            scenario.toString());
    builder.environment().remove("DISPLAY"); // nobody's own browser is opened
    builder.environment().remove("WAYLAND_DISPLAY");
    builder.environment().put("DRAINWATCH_HOME", new File("../..").getCanonicalPath());
    return builder.redirectErrorStream(true).start();
  }
}

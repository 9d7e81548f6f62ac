package io.drainwatch.watcher.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.watcher.pages.PageHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The status page over real sockets, before a real daemon. */
class StatusPageOverSocketsTest {
  @TempDir static Path directory;

  private static Neighbourhood neighbourhood;

  @BeforeAll
  static void start() throws Exception {
    neighbourhood = new Neighbourhood(directory).start();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> neighbourhood.get("/health/readiness").statusCode() == 200);
  }

  @AfterAll
  static void stop() {
    neighbourhood.close();
  }

  private static String header(HttpResponse<?> response, String name) {
    return String.join("|", response.headers().allValues(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/live", "/live?pool=x"})
  void tellsABrowserToKeepEverythingElseOut(String path) {
    HttpResponse<String> page = neighbourhood.get(path);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(header(page, "Content-Type")).isEqualTo("text/html;charset=utf-8");
    assertThat(header(page, "Content-Security-Policy"))
        .isEqualTo(PageHeaders.POLICY)
        .startsWith("default-src 'none'")
        .contains("frame-ancestors 'none'", "base-uri 'none'")
        .doesNotContain("unsafe", "*", "data:", "http");
    assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(page, "Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(header(page, "Cache-Control")).isEqualTo("no-store");
    assertThat(header(page, "X-Frame-Options")).isEqualTo("DENY");
    assertThat(page.body()).contains("No maintenance", "In service: " + Neighbourhood.VM);
  }

  @Test
  void aBrowserAsksWhetherAFileHasChangedAndIsToldThatItHasNot() {
    HttpResponse<String> style = neighbourhood.get("/assets/base.css");
    assertThat(style.statusCode()).isEqualTo(200);
    assertThat(header(style, "Content-Type")).isEqualTo("text/css; charset=utf-8");
    assertThat(header(style, "Cache-Control")).isEqualTo("no-cache");
    String tag = header(style, "ETag");
    HttpResponse<String> again =
        neighbourhood.send(neighbourhood.to("/assets/base.css").header("If-None-Match", tag).GET());
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(header(again, "ETag")).isEqualTo(tag);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/assets/nothing.css",
        "/assets/",
        "/assets/..%2ftemplates%2fhead.mustache",
        "/assets/%2e%2e/templates/head.mustache"
      })
  void givesNoOtherFile(String path) {
    HttpResponse<String> nothing = neighbourhood.get(path);
    assertThat(nothing.statusCode()).isEqualTo(404);
    assertThat(header(nothing, "Content-Type")).startsWith("application/json");
  }

  @Test
  void showsWhatHooksPrintToNobodyElse() {
    neighbourhood.post("/maintenance/drain", "");
    await().until(() -> neighbourhood.get("/").body().contains("id=\"timeline\""));
    neighbourhood.application().reporting().feed().scriptSaid(Hook.DRAIN, "10-a", "a secret");
    assertThat(neighbourhood.get("/live").body()).doesNotContain("only this machine can look");
    HttpResponse<String> forwarded =
        neighbourhood.send(
            neighbourhood.to("/live").header("X-Forwarded-For", "203.0.113.7").GET());
    assertThat(forwarded.body()).contains("only this machine can look");
    neighbourhood.post("/maintenance/resume", "");
    await().until(() -> neighbourhood.get("/").body().contains("No maintenance"));
  }

  @Test
  void takesNoCommand() {
    HttpResponse<String> refused =
        neighbourhood.send(
            neighbourhood.to("/").POST(HttpRequest.BodyPublishers.ofString("drain=1")));
    assertThat(refused.statusCode()).isEqualTo(401);
  }
}

package io.drainwatch.watcher.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code drainwatch notify --test}. */
class NotifyTest {
  @TempDir private Path directory;

  private final WireMockServer sinks =
      new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
  private Tool tool;

  @BeforeEach
  void start() {
    sinks.start();
    sinks.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(200).withBody("ok")));
    sinks.stubFor(
        any(urlEqualTo("/s3cr3t-b"))
            .willReturn(aResponse().withStatus(403).withBody("no /s3cr3t-b here")));
    tool = Tool.in(directory);
  }

  @AfterEach
  void stop() {
    sinks.stop();
  }

  private Path configuration() {
    Path url = tool.file("url", sinks.baseUrl() + "/s3cr3t-b\n");
    return tool.configuration(
        Tool.NOBODYS_PORT,
        "http://127.0.0.1:1",
        "  notifications:",
        "    sinks:",
        "      - name: a",
        "        type: cloudevents",
        "        url: " + sinks.baseUrl() + "/s3cr3t-a",
        "        notices: [returned]",
        "      - name: b",
        "        type: slack",
        "        url-file: " + url);
  }

  @Test
  void sendsAnExampleToEachAndSaysWhatCameBack() {
    Tool.Result result = tool.run("notify", "--test", "--config", configuration());

    assertThat(result.out())
        .isEqualTo("ok      a: HTTP 200: ok\nFAILED  b: HTTP 403: no (not shown) here\n");
    assertThat(result.out() + result.err()).doesNotContain("s3cr3t");
    assertThat(result.code()).isEqualTo(ExitCode.FAILED);
    sinks.verify(1, postRequestedFor(urlEqualTo("/s3cr3t-a")));
    sinks.verify(1, postRequestedFor(urlEqualTo("/s3cr3t-b")));
  }

  @Test
  void sendsToOneAsJson() {
    Tool.Result result =
        tool.run("notify", "--test", "a", "--config", configuration(), "--output", "json");

    assertThat(result.json().path("sinks").path(0).path("delivered").asBoolean()).isTrue();
    assertThat(result.code()).isEqualTo(ExitCode.OK);
    sinks.verify(0, postRequestedFor(urlEqualTo("/s3cr3t-b")));
  }

  @Test
  void namesTheSinksThereAre() {
    Tool.Result result = tool.run("notify", "--test", "c", "--config", configuration());

    assertThat(result.err()).contains("there is a, b");
    assertThat(result.code()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void sendsNothingWithoutTest() {
    assertThat(tool.run("notify", "--config", configuration()).code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void saysThatThereIsNone() {
    Tool.Result result = tool.run("notify", "--test", "--config", tool.configuration());

    assertThat(result.err()).contains("No sink is configured");
    assertThat(result.code()).isEqualTo(ExitCode.FAILED);
  }
}

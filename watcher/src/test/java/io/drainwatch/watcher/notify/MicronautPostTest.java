package io.drainwatch.watcher.notify;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests over real sockets: what leaves, and what is made of what comes back. */
@Timeout(120)
class MicronautPostTest {
  private static final String PATH = "/services/T0/B0/SECRET-PATH";

  @TempDir private static Path directory;

  private final WireMockServer server =
      new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

  MicronautPostTest() {
    server.start();
    answer(aResponse().withStatus(200).withBody("ok"));
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private void answer(ResponseDefinitionBuilder answer) {
    server.resetAll();
    server.stubFor(any(anyUrl()).willReturn(answer));
  }

  private Example example(SinkKind kind) {
    Example example = Example.of(kind, server.baseUrl() + PATH);
    return kind == SinkKind.TELEGRAM ? example.token(new Secret.Given("123:tok-SECRET")) : example;
  }

  private static Answer sent(Example example) throws IOException {
    SinkSettings sink = example.settings();
    return new MicronautPost(sink, InstantSource.fixed(Example.AT))
        .send(new LetterWriting(sink).of(Example.notice(1)));
  }

  private LoggedRequest request() {
    List<LoggedRequest> all =
        server.getAllServeEvents().stream()
            .map(event -> LoggedRequest.createFrom(event.getRequest()))
            .toList();
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  @ParameterizedTest
  @EnumSource(SinkKind.class)
  void postsTheBodyOnce(SinkKind kind) throws Exception {
    Example example = example(kind).header("X-Key", new Secret.Given("header-value"));

    assertThat(Verdict.of(sent(example))).isInstanceOf(Verdict.Delivered.class);
    assertThat(request().getMethod().getName()).isEqualTo("POST");
    assertThat(request().getUrl())
        .isEqualTo(kind == SinkKind.TELEGRAM ? PATH + "/bot123:tok-SECRET/sendMessage" : PATH);
    assertThat(request().getHeader("X-Key")).isEqualTo("header-value");
    assertThat(request().getHeader("Content-Type"))
        .isEqualTo(
            kind == SinkKind.CLOUDEVENTS
                ? "application/cloudevents+json; charset=UTF-8"
                : "application/json");
    assertThat(request().getBodyAsString())
        .isEqualTo(new LetterWriting(example.settings()).of(Example.notice(1)).body());
  }

  @ParameterizedTest(name = "HTTP {0}, Retry-After {1}: {2}")
  @CsvSource(
      nullValues = "-",
      value = {
        "200, -,  Delivered[]",
        "202, -,  Delivered[]",
        "204, -,  Delivered[]",
        "429, 7,  'Later[why=HTTP 429: said, retryAfter=Optional[PT7S]]'",
        "429, -,  'Later[why=HTTP 429: said, retryAfter=Optional.empty]'",
        "503, 'Mon, 1 Jun 2026 08:00:30 GMT', 'Later[why=HTTP 503: said,"
            + " retryAfter=Optional[PT30S]]'",
        "500, -,  'Later[why=HTTP 500: said, retryAfter=Optional.empty]'",
        "500, x,  'Later[why=HTTP 500: said, retryAfter=Optional.empty]'",
        "401, -,  'Later[why=HTTP 401: said, retryAfter=Optional.empty]'",
        "404, -,  'Later[why=HTTP 404: said, retryAfter=Optional.empty]'",
        "302, -,  'Later[why=HTTP 302: redirects are not followed, retryAfter=Optional.empty]'",
        "400, -,  'Refused[why=HTTP 400: said]'",
        "413, -,  'Refused[why=HTTP 413: said]'",
      })
  void readsTheAnswer(int status, String retryAfter, String verdict) throws Exception {
    ResponseDefinitionBuilder answer = aResponse().withStatus(status);
    if (status != 204) {
      answer.withBody("said");
    }
    if (retryAfter != null) {
      answer.withHeader("Retry-After", retryAfter);
    }
    if (status == 302) {
      answer.withHeader("Location", server.baseUrl() + "/elsewhere");
    }
    answer(answer);

    assertThat(Verdict.of(sent(example(SinkKind.SLACK)))).hasToString(verdict);
    request();
  }

  @Test
  void readsWhatTelegramAsksForInTheBody() throws Exception {
    answer(
        aResponse().withStatus(429).withBody("{\"ok\":false,\"parameters\":{\"retry_after\":9}}"));

    assertThat(sent(example(SinkKind.TELEGRAM)))
        .extracting(answer -> ((Answer.Came) answer).retryAfter().orElseThrow())
        .isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void doesNotWaitForAnAnswerThatDoesNotCome() throws Exception {
    answer(aResponse().withStatus(200).withFixedDelay(60_000));

    assertThat(sent(example(SinkKind.SLACK).patience(Duration.ofMillis(300))))
        .isEqualTo(new Answer.Silent("no answer within 300 ms"));
  }

  @Test
  void doesNotWaitForAnAnswerThatTrickles() throws Exception {
    answer(
        aResponse().withStatus(200).withBody("x".repeat(600)).withChunkedDribbleDelay(600, 60_000));

    assertThat(sent(example(SinkKind.SLACK).patience(Duration.ofMillis(500))))
        .isEqualTo(new Answer.Silent("no answer within 500 ms"));
  }

  @Test
  void readsNoAnswerOfAnyLength() throws Exception {
    answer(aResponse().withStatus(500).withBody("x".repeat(3 << 20)));

    assertThat(sent(example(SinkKind.SLACK)))
        .isEqualTo(new Answer.Silent("the answer is longer than 1048576 bytes"));
  }

  @Test
  void givesTheWholeRequestTheTimeThatWasConfiguredAndNoMore() {
    SinkSettings sink = example(SinkKind.SLACK).patience(Duration.ofSeconds(7)).settings();

    assertThat(
            new MicronautPost(sink, InstantSource.fixed(Example.AT))
                .configuration()
                .getRequestTimeout())
        .isEqualTo(Duration.ofSeconds(7));
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void survivesWhatComesOverTheWire(Fault fault) throws Exception {
    answer(aResponse().withFault(fault));

    assertThat(Verdict.of(sent(example(SinkKind.SLACK).patience(Duration.ofSeconds(5)))))
        .isInstanceOfSatisfying(
            Verdict.Later.class, later -> assertThat(later.why()).doesNotContain("SECRET"));
  }

  @Test
  void saysThatNobodyIsThere() throws Exception {
    Example example = example(SinkKind.SLACK);
    server.stop();

    assertThat(sent(example)).isEqualTo(new Answer.Silent("connection refused, or nobody there"));
  }

  @Test
  void showsNoSecretOfAnEchoedAnswer() throws Exception {
    answer(aResponse().withStatus(500).withBody("POST " + PATH + " with header-value failed"));

    assertThat(sent(example(SinkKind.SLACK).header("X-Key", new Secret.Given("header-value"))))
        .extracting(answer -> ((Answer.Came) answer).text())
        .isEqualTo("POST (not shown) with (not shown) failed");
  }

  @Test
  void readsSecretsAnewEachTime() throws Exception {
    Path file = Files.writeString(directory.resolve("token"), "one\n");
    Example example = example(SinkKind.SLACK).header("X-Key", new Secret.InFile(file));
    sent(example);
    assertThat(request().getHeader("X-Key")).isEqualTo("one");

    server.resetRequests();
    Files.writeString(file, "two\n");
    sent(example);
    assertThat(request().getHeader("X-Key")).isEqualTo("two");
  }

  @Test
  void goesThroughAProxy() throws Exception {
    try (TunnelProxy proxy = new TunnelProxy()) {
      assertThat(Verdict.of(sent(example(SinkKind.SLACK).proxy(proxy.address()))))
          .isInstanceOf(Verdict.Delivered.class);
      assertThat(proxy.asked).containsExactly("localhost:" + server.port());
    }
  }

  @Test
  void trustsTheGivenAuthorityAndNoOther() throws Exception {
    OwnTls tls = OwnTls.in(directory, "127.0.0.1");
    OwnTls other = OwnTls.in(directory, "127.0.0.2");
    WireMockServer secure = secure(tls);
    try {
      Example example =
          Example.of(SinkKind.SLACK, "https://127.0.0.1:" + secure.httpsPort() + PATH);

      assertThat(Verdict.of(sent(example.trusting(tls.certificate()))))
          .isInstanceOf(Verdict.Delivered.class);
      assertThat(why(sent(example))).startsWith("TLS: ");
      assertThat(why(sent(example.trusting(other.certificate())))).startsWith("TLS: ");
      assertThat(why(sent(example.trusting(directory.resolve("missing.pem")))))
          .contains("missing.pem cannot be read");
    } finally {
      secure.stop();
    }
  }

  @Test
  void refusesACertificateOfAnotherHost() throws Exception {
    OwnTls tls = OwnTls.in(directory, "example.org");
    WireMockServer secure = secure(tls);
    try {
      Example example =
          Example.of(SinkKind.SLACK, "https://127.0.0.1:" + secure.httpsPort() + PATH);

      assertThat(why(sent(example.trusting(tls.certificate())))).startsWith("TLS: ");
    } finally {
      secure.stop();
    }
  }

  private static WireMockServer secure(OwnTls tls) {
    WireMockServer secure =
        new WireMockServer(
            options()
                .dynamicPort()
                .dynamicHttpsPort()
                .bindAddress("127.0.0.1")
                .keystorePath(tls.keys().toString())
                .keystoreType("PKCS12")
                .keystorePassword(OwnTls.PASSWORD)
                .keyManagerPassword(OwnTls.PASSWORD));
    secure.start();
    secure.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(200)));
    return secure;
  }

  private static String why(Answer answer) {
    return ((Answer.Silent) answer).why();
  }
}

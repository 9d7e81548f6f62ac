package io.drainwatch.watcher.events;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A metadata service with faults on the wire, and clients that talk to it. */
final class MetadataServer implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
  static final String EVENTS = "/metadata/scheduledevents";
  static final String COMPUTE = "/metadata/instance/compute";
  static final Instant NOW = Instant.parse("2026-06-01T08:00:00Z");

  /** Long enough for a loaded machine to answer, for tests that are not about time. */
  static final Duration PATIENT = Duration.ofSeconds(20);

  private final WireMockServer server =
      new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));

  @Override
  public void beforeAll(ExtensionContext context) {
    server.start();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    server.resetAll();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    server.stop();
  }

  URI base() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  MetadataClient client() {
    return client(settings(PATIENT, PATIENT));
  }

  MetadataClient client(MetadataSettings settings) {
    AtomicLong ticks = new AtomicLong();
    // each look at the clock is 5 ms later, so every latency is 5 ms
    return new MetadataClient(settings, InstantSource.fixed(NOW), () -> ticks.addAndGet(5_000_000));
  }

  MetadataSettings settings(Duration exchangeLimit, Duration firstAnswerLimit) {
    return settings(base(), exchangeLimit, firstAnswerLimit);
  }

  static MetadataSettings settings(URI base, Duration exchangeLimit, Duration firstAnswerLimit) {
    return new MetadataSettings(
        base,
        new ApiVersions(ApiVersions.DEFAULT_VERSION, false),
        MetadataSettings.DEFAULT_INSTANCE_VERSION,
        Duration.ofSeconds(1),
        PATIENT,
        exchangeLimit,
        firstAnswerLimit);
  }

  /** These answers one after another, the last for ever, whatever is asked on the path. */
  void answers(String path, ResponseDefinitionBuilder... answers) {
    server.resetMappings();
    server.resetScenarios();
    for (int i = 0; i < answers.length; i++) {
      String state = i == 0 ? Scenario.STARTED : "answer " + i;
      String next = i + 1 < answers.length ? "answer " + (i + 1) : state;
      server.stubFor(
          any(urlPathEqualTo(path))
              .inScenario(path)
              .whenScenarioStateIs(state)
              .willReturn(answers[i])
              .willSetStateTo(next));
    }
  }

  WireMockServer wireMock() {
    return server;
  }

  /** What was asked, oldest first. */
  List<LoggedRequest> requests() {
    // newest first, and several of them within the millisecond that their date tells
    return server.getAllServeEvents().reversed().stream()
        .map(event -> (LoggedRequest) event.getRequest())
        .toList();
  }
}

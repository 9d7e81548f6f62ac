package io.drainwatch.watcher.daemon;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * A metadata service that shows just the document a test wants, for as long as it wants, and breaks
 * the wire as it wants. Time goes on in it only when the test says so.
 */
final class PlayedDocuments implements AutoCloseable {
  static final String NONE = "{\"DocumentIncarnation\":1,\"Events\":[]}";
  private static final String EVENTS = "/metadata/scheduledevents";
  private static final String ONCE = "once";

  private final WireMockServer server =
      new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));

  PlayedDocuments() {
    server.start();
    server.stubFor(
        get(urlPathEqualTo("/metadata/instance/compute"))
            .willReturn(
                json("{\"name\":\"" + TestVm.NAME + "\",\"vmId\":\"5a1e\",\"osType\":\"Linux\"}")));
    server.stubFor(post(urlPathEqualTo(EVENTS)).willReturn(aResponse().withStatus(200)));
    show(NONE);
  }

  URI base() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /** From now on, to every poll. */
  void show(String document) {
    answer(json(document));
  }

  void answer(ResponseDefinitionBuilder answer) {
    server.stubFor(get(urlPathEqualTo(EVENTS)).willReturn(answer));
  }

  /** To the next poll only; then what was shown before is shown again. */
  void showOnce(String document) {
    String scenario = ONCE + Instant.now().toEpochMilli();
    server.stubFor(
        get(urlPathEqualTo(EVENTS))
            .inScenario(scenario)
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(json(document))
            .willSetStateTo("over"));
  }

  void answerPosts(ResponseDefinitionBuilder answer) {
    server.stubFor(post(urlPathEqualTo(EVENTS)).willReturn(answer));
  }

  /** Everything is answered so, the question who this VM is as well. */
  void answerAll(ResponseDefinitionBuilder answer) {
    server.stubFor(any(urlPathEqualTo("/metadata/instance/compute")).willReturn(answer));
    answer(answer);
  }

  List<LoggedRequest> posts() {
    return server.findAll(postRequestedFor(urlPathEqualTo(EVENTS)));
  }

  /** Questions for the document so far. */
  int polls() {
    return server.findAll(getRequestedFor(urlPathEqualTo(EVENTS))).size();
  }

  static ResponseDefinitionBuilder json(String body) {
    return aResponse()
        .withStatus(200)
        .withHeader("Content-Type", "application/json")
        .withBody(body);
  }

  /** A document with one event for this VM. */
  static String with(String type, String id, String status, Duration notice) {
    return "{\"DocumentIncarnation\":2,\"Events\":["
        + event(type, id, status, notice, TestVm.NAME)
        + "]}";
  }

  static String scheduled(String type, String id) {
    return with(type, id, "Scheduled", Duration.ofMinutes(30));
  }

  static String started(String type, String id) {
    return with(type, id, "Started", Duration.ofMinutes(30));
  }

  /** One event of a document. */
  static String event(String type, String id, String status, Duration notice, String... vms) {
    String notBefore =
        status.equals("Started")
            ? ""
            : DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(Instant.now().plus(notice));
    return """
        {"EventId":"%s","EventType":"%s","ResourceType":"VirtualMachine","Resources":["%s"],
         "EventStatus":"%s","NotBefore":"%s","Description":"","EventSource":"Platform",
         "DurationInSeconds":-1}"""
        .formatted(id, type, String.join("\",\"", vms), status, notBefore);
  }

  @Override
  public void close() {
    server.stop();
  }
}

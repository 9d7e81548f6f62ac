package io.drainwatch.watcher.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import io.drainwatch.drainer.bosh.BoshSettings;
import io.drainwatch.drainer.context.ContextSettings;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.scripts.ScriptNames;
import io.drainwatch.drainer.slipstream.SlipStreamSettings;
import io.drainwatch.watcher.Begun;
import io.drainwatch.watcher.DrainwatchApplication;
import io.drainwatch.watcher.ServerStartException;
import io.drainwatch.watcher.daemon.DaemonSettings;
import io.drainwatch.watcher.daemon.NodeSide;
import io.drainwatch.watcher.daemon.Surroundings;
import io.drainwatch.watcher.events.MetadataSettings;
import io.drainwatch.watcher.notify.NotificationSettings;
import io.drainwatch.watcher.record.History;
import io.drainwatch.watcher.record.StateDirectoryException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A whole Drainwatch on free ports, a metadata service on real sockets, and a client. */
public final class Neighbourhood implements AutoCloseable {
  private static final String EVENTS = "/metadata/scheduledevents";
  private static final String COMPUTE = "/metadata/instance/compute";

  /** As in the fixture. */
  public static final String VM = "longevity-10gb-3h-master-db-node-eastus-2";

  public static final String EVENT = "CA9C0DC4-E841-476D-94D5-9FC2FF983BCD";

  private final Path directory;
  private final List<Path> hooks;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final WireMockServer metadata =
      new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));
  private ServerLimits limits = ServerLimits.DEFAULT;
  private Optional<NodeSide> node = Optional.empty();
  private Optional<NotificationSettings> notifications = Optional.empty();
  private Optional<DrainwatchApplication> application = Optional.empty();

  public Neighbourhood(Path directory, Path... hooks) {
    this.directory = directory;
    this.hooks = List.of(hooks);
    metadata.start();
    tellIdentity();
    metadata.stubFor(WireMock.post(urlPathEqualTo(EVENTS)).willReturn(okJson("{}")));
    publish(fixture("freeze-1-none.json"));
  }

  public static String fixture(String name) {
    String path = "/scheduled-events/" + name;
    try (InputStream in = Neighbourhood.class.getResourceAsStream(path)) {
      return new String(Objects.requireNonNull(in, path).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void publish(String document) {
    metadata.stubFor(WireMock.get(urlPathEqualTo(EVENTS)).willReturn(okJson(document)));
  }

  /** A restart by a user, ten minutes ahead. */
  public void publishReboot() {
    Instant notBefore = InstantSource.system().instant().plus(10, ChronoUnit.MINUTES);
    publish(
        fixture("reboot-user-scheduled.json")
            .replace(
                "Thu, 16 Mar 2023 14:01:28 GMT",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(notBefore.atOffset(ZoneOffset.UTC))));
  }

  public void publishNothing() {
    publish(fixture("freeze-1-none.json"));
  }

  public void failWith(int status) {
    metadata.stubFor(
        WireMock.get(urlPathEqualTo(EVENTS))
            .willReturn(aResponse().withStatus(status).withBody("no")));
  }

  public void refuseIdentity(int status) {
    metadata.stubFor(
        WireMock.get(urlPathEqualTo(COMPUTE))
            .willReturn(aResponse().withStatus(status).withBody("no")));
  }

  public void tellIdentity() {
    metadata.stubFor(
        WireMock.get(urlPathEqualTo(COMPUTE))
            .willReturn(
                okJson(fixture("compute-linux-2025-04-07.json").replace("examplevmname", VM))));
  }

  public void fallSilent() {
    metadata.stop();
  }

  Neighbourhood limits(int connections, Duration idle) {
    limits = new ServerLimits(connections, idle);
    return this;
  }

  /** As on a Node of a cluster. */
  Neighbourhood node(NodeSide side) {
    node = Optional.of(side);
    return this;
  }

  /** Whom to tell. */
  public Neighbourhood telling(NotificationSettings settings) {
    notifications = Optional.of(settings);
    return this;
  }

  public Neighbourhood start() throws StateDirectoryException, ServerStartException {
    application = Optional.of(start(0));
    return this;
  }

  public DrainwatchApplication start(int port)
      throws StateDirectoryException, ServerStartException {
    return DrainwatchApplication.start(
        "1.2.3",
        settings(),
        Surroundings.ofThisMachine(),
        new ServerSettings("127.0.0.1", port, limits),
        UnaryOperator.identity(),
        node,
        notifications,
        Optional.empty(),
        List.of(),
        new Begun());
  }

  private DaemonSettings settings() {
    MetadataSettings standard = MetadataSettings.defaults();
    MetadataSettings quick =
        new MetadataSettings(
            URI.create("http://127.0.0.1:" + metadata.port()),
            standard.versions(),
            standard.instanceVersion(),
            Duration.ofMillis(20),
            standard.connectLimit(),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5));
    return new DaemonSettings(
        quick,
        LifecycleSettings.defaults(),
        stateDirectory(),
        Optional.empty(),
        hooks,
        ScriptNames.ANY,
        List.of(),
        Optional.empty(),
        Set.of(),
        ContextSettings.defaults(),
        false,
        false,
        BoshSettings.off(),
        SlipStreamSettings.off(),
        History.DEFAULT_ENTRIES);
  }

  public Path stateDirectory() {
    return directory.resolve("state");
  }

  public DrainwatchApplication application() {
    return application.orElseThrow();
  }

  public String token() {
    try {
      return Files.readString(stateDirectory().resolve("token")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(application().address().resolve(path))
        .timeout(Duration.ofSeconds(50)); // the first one waits until the server is made
  }

  public HttpResponse<String> get(String path) {
    return send(to(path).GET());
  }

  public HttpResponse<String> post(String path, String body) {
    return send(
        to(path)
            .header("Authorization", "Bearer " + token())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<InputStream> open(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(application().address().resolve(path)).GET().build(),
        HttpResponse.BodyHandlers.ofInputStream());
  }

  @Override
  public void close() {
    application.ifPresent(DrainwatchApplication::close);
    metadata.stop();
    client.shutdownNow();
  }
}

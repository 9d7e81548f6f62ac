package io.drainwatch.azure;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.okhttp.OkHttpAsyncHttpClientBuilder;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import io.drainwatch.watcher.azure.AzureCall;
import io.drainwatch.watcher.azure.AzureResources;
import io.drainwatch.watcher.azure.AzureSettings;
import io.drainwatch.watcher.azure.ResourceId;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import reactor.core.publisher.Mono;

/** Resource Manager as a stub behind a real TLS socket, and a client of it with short limits. */
final class Arm implements AutoCloseable {
  static final String SUBSCRIPTION = "00000000-0000-0000-0000-000000000001";
  static final ResourceId VM = ResourceId.vm(SUBSCRIPTION, "rg-1", "vm-1");
  static final ResourceId SET = ResourceId.scaleSet(SUBSCRIPTION, "rg-1", "pool");
  static final ResourceId FLEXIBLE = ResourceId.scaleSet(SUBSCRIPTION, "rg-1", "flex");
  static final ResourceId INSTANCE = SET.instance("3");
  static final String TOKEN = "not-to-be-seen-anywhere";

  /** Short ones: a test is not to wait. */
  static final Pauses PAUSES = new Pauses(Duration.ofMillis(20), Duration.ofMillis(500));

  /** Started, and nobody's just now: to start one takes longer than most tests. */
  private static final Queue<WireMockServer> FREE = new ConcurrentLinkedQueue<>();

  final WireMockServer server;
  private final Line line = new Line();

  private Arm(WireMockServer server) {
    this.server = server;
  }

  /** To itself, with nothing of the one before. */
  static Arm start() {
    Arm arm = new Arm(Optional.ofNullable(FREE.poll()).orElseGet(Arm::started));
    FirstQuestions.ask(arm);
    return arm;
  }

  /**
   * At an address that no test had before: the SDK keeps a VM's tokens by the address that they are
   * for, for all clients of a process. To be stopped.
   */
  static Arm anew() {
    Arm arm = new Arm(started());
    FirstQuestions.ask(arm);
    return arm;
  }

  private static WireMockServer started() {
    WireMockServer server =
        new WireMockServer(options().dynamicPort().dynamicHttpsPort().httpDisabled(true));
    server.start();
    return server;
  }

  URI endpoint() {
    return URI.create("https://localhost:" + server.httpsPort());
  }

  AzureSettings settings(Duration exchange, Duration call) {
    return settings(AzureSettings.Login.AUTO, Optional.empty(), exchange, call);
  }

  AzureSettings settings(
      AzureSettings.Login login, Optional<String> clientId, Duration exchange, Duration call) {
    return new AzureSettings(
        login, clientId, endpoint(), exchange, exchange, call, Duration.ofMillis(1));
  }

  AzureResources client() {
    return client(Duration.ofSeconds(10), Duration.ofSeconds(20));
  }

  AzureResources client(Duration exchange, Duration call) {
    return client(settings(exchange, call), loggedIn());
  }

  AzureResources client(Duration limit, Pauses pauses) {
    AzureSettings settings = settings(limit, limit);
    return new SdkResources(http(settings), loggedIn(), settings, InstantSource.system(), pauses);
  }

  AzureResources client(AzureSettings settings, TokenCredential credential) {
    return new SdkResources(http(settings), credential, settings, InstantSource.system(), PAUSES);
  }

  AzureResources client(InstantSource clock) {
    AzureSettings settings = settings(Duration.ofSeconds(10), Duration.ofSeconds(20));
    return new SdkResources(http(settings), loggedIn(), settings, clock, PAUSES);
  }

  /** With the pauses that are in use. */
  AzureResources clientAsInUse() {
    AzureSettings settings = settings(Duration.ofSeconds(10), Duration.ofSeconds(20));
    return SdkAccess.over(http(settings), loggedIn(), settings, InstantSource.system());
  }

  private static TokenCredential loggedIn() {
    return request -> Mono.just(new AccessToken(TOKEN, OffsetDateTime.now().plusHours(1)));
  }

  /** The real transport, which also trusts the stub. */
  private HttpClient http(AzureSettings settings) {
    return new OkHttpAsyncHttpClientBuilder(
            okhttp(settings).newBuilder().addInterceptor(line).build())
        .build();
  }

  static OkHttpClient okhttp(AzureSettings settings) {
    try {
      X509TrustManager everybody = new Everybody();
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(null, new TrustManager[] {everybody}, null);
      return Transport.of(settings)
          .newBuilder()
          .sslSocketFactory(tls.getSocketFactory(), everybody)
          .hostnameVerifier((host, session) -> true)
          .build();
    } catch (java.security.GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  void answer(MappingBuilder request, ResponseDefinitionBuilder response) {
    server.stubFor(request.willReturn(response));
  }

  static MappingBuilder get(ResourceId id) {
    return WireMock.get(WireMock.urlPathEqualTo(id.path()));
  }

  static MappingBuilder post(ResourceId id, String deed) {
    return WireMock.post(WireMock.urlPathEqualTo(id.path() + deed));
  }

  static ResponseDefinitionBuilder ok(String json) {
    return WireMock.okJson(json).withHeader("x-ms-request-id", "1");
  }

  static ResponseDefinitionBuilder refusal(int status, String code, String message) {
    return WireMock.jsonResponse(
        "{\"error\":{\"code\":\"%s\",\"message\":\"%s\"}}".formatted(code, message), status);
  }

  /** The path under which Azure lets an operation be followed. */
  static String operation(String id) {
    return "/subscriptions/"
        + SUBSCRIPTION
        + "/providers/Microsoft.Compute/locations/westeurope/operations/"
        + id;
  }

  ResponseDefinitionBuilder taken(String operation) {
    return WireMock.aResponse()
        .withStatus(202)
        .withHeader(
            "Azure-AsyncOperation",
            endpoint() + operation(operation) + "?api-version=2025-04-01&p=1")
        .withHeader("Location", endpoint() + operation(operation) + "?monitor=true&p=1");
  }

  /** Every request so far, as method and path. */
  List<String> requests() {
    return server.getAllServeEvents().reversed().stream()
        .map(each -> each.getRequest().getMethod() + " " + path(each.getRequest().getUrl()))
        .toList();
  }

  /** What they are in our list of calls; one that is not in it fails the test. */
  List<AzureCall> calls() {
    return requests().stream()
        .map(request -> request.split(" ", 2))
        .map(
            parts ->
                AzureCall.of(parts[0], parts[1])
                    .orElseThrow(
                        () -> new AssertionError("no known call: " + String.join(" ", parts))))
        .collect(Collectors.toList());
  }

  private static String path(String url) {
    return url.replaceFirst("\\?.*", "");
  }

  /** Nobody listens there any more. */
  void stop() {
    server.stop();
  }

  @Override
  public void close() {
    if (server.isRunning() && isFreeOfItsTest()) {
      server.resetAll();
      FREE.add(server);
    } else {
      stop();
      boolean unused = line.cut(); // its port may soon be another stub's
    }
  }

  /**
   * Ends what its clients ask. A stub that was to answer late may be about to, one may break
   * connections, and one of which a client did not await the answer may hear from it: nobody else
   * gets such a stub.
   */
  boolean isFreeOfItsTest() {
    return server.getStubMappings().stream().noneMatch(Arm::isSlowOrBroken) && line.cut();
  }

  private static boolean isSlowOrBroken(StubMapping stub) {
    ResponseDefinition answer = stub.getResponse();
    return answer.getFixedDelayMilliseconds() != null
        || answer.getChunkedDribbleDelay() != null
        || answer.getFault() != null;
  }

  private static final class Everybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}

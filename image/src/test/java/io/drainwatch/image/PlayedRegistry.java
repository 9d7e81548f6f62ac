package io.drainwatch.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** As much of a registry as a push needs; keeps everything in memory. */
final class PlayedRegistry implements AutoCloseable {
  private static final String PASSWORD = "of a test";

  private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
  private final Map<String, byte[]> uploads = new ConcurrentHashMap<>();
  private final Map<String, byte[]> manifests = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  private PlayedRegistry(HttpServer server) {
    this.server = server;
  }

  /**
   * @param directory for the key of a certificate that nobody vouches for
   */
  static PlayedRegistry start(Path directory) throws Exception {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls(directory.resolve("key.p12"))));
    PlayedRegistry registry = new PlayedRegistry(server);
    server.createContext("/", registry::answer);
    server.setExecutor(registry.threads);
    server.start();
    return registry;
  }

  private static SSLContext tls(Path file) throws Exception {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "registry",
                "-dname",
                "CN=localhost",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString())
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  String name(String image) {
    return "localhost:" + server.getAddress().getPort() + "/" + image;
  }

  byte[] blob(String digest) {
    return Objects.requireNonNull(blobs.get(digest), digest);
  }

  byte[] manifest(String name, String tag) {
    return Objects.requireNonNull(manifests.get("/v2/" + name + "/manifests/" + tag));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      byte[] body = exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(status(exchange, path, body), -1);
    }
  }

  private int status(HttpExchange exchange, String path, byte[] body) {
    String last = path.substring(path.lastIndexOf('/') + 1);
    return switch (exchange.getRequestMethod()) {
      case "GET" -> path.equals("/v2/") ? 200 : 404;
      case "HEAD" -> {
        if (blobs.containsKey(last)) {
          exchange.getResponseHeaders().add("Content-Length", "" + blob(last).length);
        }
        yield blobs.containsKey(last) ? 200 : 404;
      }
      case "POST" -> {
        exchange
            .getResponseHeaders()
            .add("Location", path + uploads.size() + "-" + System.nanoTime());
        yield 202;
      }
      case "PATCH" -> {
        uploads.put(path, body);
        exchange.getResponseHeaders().add("Location", path);
        yield 202;
      }
      case "PUT" -> {
        if (path.contains("/manifests/")) {
          manifests.put(path, body);
          exchange
              .getResponseHeaders()
              .add("Docker-Content-Digest", "sha256:" + Downloads.sha256(body));
        } else {
          String digest = exchange.getRequestURI().getQuery().replaceFirst(".*digest=", "");
          blobs.put(digest, Objects.requireNonNull(uploads.get(path)));
        }
        yield 201;
      }
      default -> 405;
    };
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

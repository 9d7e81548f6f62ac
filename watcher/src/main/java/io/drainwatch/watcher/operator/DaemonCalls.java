package io.drainwatch.watcher.operator;

import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.client.DefaultHttpClientConfiguration;
import io.micronaut.http.client.HttpClient;
import io.micronaut.http.client.exceptions.HttpClientException;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Shell: calls to the daemon of this machine. No proxy, no redirects; what goes wrong is in the
 * value returned. Made without an application context, which would cost more than the call.
 */
public final class DaemonCalls implements AutoCloseable {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);

  /** The daemon itself waits up to 5 s until it has taken a command in. */
  private static final Duration READ_LIMIT = Duration.ofSeconds(8);

  private static final Argument<byte[]> BYTES = Argument.of(byte[].class);

  private final URI address;
  private final HttpClient client;

  /**
   * @param address such as {@code http://127.0.0.1:9797}
   */
  public DaemonCalls(URI address) {
    this.address = address;
    DefaultHttpClientConfiguration configuration = new DefaultHttpClientConfiguration();
    configuration.setConnectTimeout(CONNECT_LIMIT);
    configuration.setReadTimeout(READ_LIMIT);
    configuration.setFollowRedirects(false);
    configuration.setExceptionOnErrorStatus(false);
    configuration.setNumOfThreads(1);
    try {
      client = HttpClient.create(address.toURL(), configuration);
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(address + " cannot be called", e);
    }
  }

  public URI address() {
    return address;
  }

  public DaemonAnswer get(String path) {
    return exchange(HttpRequest.GET(path));
  }

  /**
   * @param json the body
   * @param token shown as the daemon wants it
   */
  public DaemonAnswer post(String path, String json, String token) {
    return exchange(
        HttpRequest.POST(path, json)
            .contentType(MediaType.APPLICATION_JSON_TYPE)
            .bearerAuth(token));
  }

  private DaemonAnswer exchange(MutableHttpRequest<?> request) {
    try {
      HttpResponse<byte[]> response =
          client.toBlocking().exchange(request.accept(MediaType.ALL_TYPE), BYTES, BYTES);
      return new DaemonAnswer.Came(
          response.code(),
          response.getBody().map(body -> new String(body, StandardCharsets.UTF_8)).orElse(""));
    } catch (HttpClientException e) {
      return new DaemonAnswer.Silent(why(e));
    }
  }

  private static String why(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String message = deepest.getMessage();
    if (message == null) {
      return deepest.getClass().getSimpleName();
    }
    // the address is in the sentence around it
    return message.contains("Connection refused") ? "connection refused" : message;
  }

  @Override
  public void close() {
    client.close();
  }
}

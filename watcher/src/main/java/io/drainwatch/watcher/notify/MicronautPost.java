package io.drainwatch.watcher.notify;

import io.micronaut.core.io.ResourceResolver;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.client.DefaultHttpClientConfiguration;
import io.micronaut.http.client.HttpVersionSelection.PlaintextMode;
import io.micronaut.http.client.exceptions.ContentLengthExceededException;
import io.micronaut.http.client.exceptions.ReadTimeoutException;
import io.micronaut.http.client.netty.DefaultHttpClient;
import io.micronaut.http.client.netty.ssl.NettyClientSslBuilder;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shell: one request over Micronaut's client. A client for each: there are some ten notices in a
 * maintenance, and a client that is kept has a thread that wakes each second, for weeks. No
 * redirects, no proxy but the one given, at most 1 MiB of an answer; what goes wrong is in the
 * value returned, without a secret.
 */
final class MicronautPost implements Post {
  private static final Logger LOG = LoggerFactory.getLogger(MicronautPost.class);
  private static final int MOST_OF_AN_ANSWER = 1 << 20;
  private static final Argument<byte[]> BYTES = Argument.of(byte[].class);
  private static final Duration LATER = Duration.ofSeconds(1);

  private final Wire wire;
  private final InstantSource clock;

  MicronautPost(SinkSettings sink, InstantSource clock) {
    this(sink.wire(), clock);
  }

  MicronautPost(Wire wire, InstantSource clock) {
    this.wire = wire;
    this.clock = clock;
  }

  @Override
  public Answer send(Letter letter) {
    try (DefaultHttpClient client = client(letter.url())) {
      MutableHttpRequest<byte[]> request =
          HttpRequest.POST(letter.url(), letter.body().getBytes(StandardCharsets.UTF_8))
              .contentType(letter.contentType())
              .accept(MediaType.ALL_TYPE);
      letter.headers().forEach(request::header);
      return came(client.toBlocking().exchange(request, BYTES, BYTES), letter);
    } catch (IOException e) {
      return new Answer.Silent(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      return new Answer.Silent(why(e, letter));
    }
  }

  /** At the start: the first event finds better use for its seconds. */
  @Override
  public void warmUp() {
    try (DefaultHttpClient client = client(URI.create("https://localhost"))) {
      LOG.debug("{} loaded for {}", client.getClass().getSimpleName(), wire.name());
    } catch (IOException | RuntimeException | LinkageError e) {
      LOG.debug("nothing is loaded for {} before it is needed", wire.name());
    }
  }

  private Answer came(HttpResponse<byte[]> response, Letter letter) {
    String body =
        response.getBody().map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse("");
    Optional<String> header = Optional.ofNullable(response.getHeaders().get("Retry-After"));
    return new Answer.Came(
        response.code(), RetryAfter.of(header, body, clock.instant()), letter.withoutSecrets(body));
  }

  @SuppressWarnings("deprecation") // no other way takes an authority without an application context
  private DefaultHttpClient client(URI url) throws IOException {
    DefaultHttpClientConfiguration configuration = configuration();
    if (wire.caFile().isPresent()) {
      return new DefaultHttpClient(
          url, configuration, trusting(OwnAuthority.read(wire.caFile().get())));
    }
    return new DefaultHttpClient(url, configuration);
  }

  DefaultHttpClientConfiguration configuration() {
    DefaultHttpClientConfiguration configuration = new DefaultHttpClientConfiguration();
    configuration.setConnectTimeout(wire.timeout());
    configuration.setReadTimeout(wire.timeout());
    // of the whole, however it trickles; left to itself, the client gives it a second more
    configuration.setRequestTimeout(wire.timeout());
    configuration.setFollowRedirects(false);
    configuration.setExceptionOnErrorStatus(false);
    configuration.setNumOfThreads(1);
    configuration.setMaxContentLength(MOST_OF_AN_ANSWER);
    configuration.setPlaintextMode(PlaintextMode.HTTP_1);
    configuration.setAlpnModes(List.of("http/1.1"));
    configuration.setShutdownQuietPeriod(Duration.ZERO);
    configuration.setShutdownTimeout(LATER);
    if (wire.proxy().isPresent()) {
      URI proxy = wire.proxy().get();
      configuration.setProxyType(Proxy.Type.HTTP);
      configuration.setProxyAddress(new InetSocketAddress(proxy.getHost(), proxy.getPort()));
    }
    return configuration;
  }

  private static NettyClientSslBuilder trusting(javax.net.ssl.TrustManagerFactory authority) {
    return new NettyClientSslBuilder(new ResourceResolver()) {
      @Override
      protected javax.net.ssl.TrustManagerFactory getTrustManagerFactory(
          io.micronaut.http.ssl.SslConfiguration ssl) {
        return authority;
      }
    };
  }

  private String why(Throwable failure, Letter letter) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof TimeoutException || each instanceof ReadTimeoutException) {
        return "no answer within " + wire.timeout().toMillis() + " ms";
      }
      if (each instanceof ConnectException) {
        return "connection refused, or nobody there";
      }
      if (each instanceof UnknownHostException) {
        return "the host's name is not known";
      }
      if (each instanceof SSLException) {
        return "TLS: " + letter.withoutSecrets(deepest(each));
      }
      if (each instanceof ContentLengthExceededException) {
        return "the answer is longer than " + MOST_OF_AN_ANSWER + " bytes";
      }
    }
    return letter.withoutSecrets(deepest(failure));
  }

  private static String deepest(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest.getClass().getSimpleName()
        + Optional.ofNullable(deepest.getMessage()).map(text -> ": " + text).orElse("");
  }
}

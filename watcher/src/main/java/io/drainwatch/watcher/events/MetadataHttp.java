package io.drainwatch.watcher.events;

import io.drainwatch.drainer.cluster.DirectSockets;
import io.drainwatch.watcher.events.Answer.Failure;
import io.drainwatch.watcher.events.Answer.Success;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * Shell: HTTP as the metadata service wants it (azure-scheduled-events.md, section 1). Clear text
 * and HTTP/1.1 only, so that no TLS is set up; no proxy, no redirects, and one request per call
 * whatever comes back.
 *
 * <p>What is asked goes over the connection of the time before, as a new one each second is a third
 * of what a poll costs. It may have been closed meanwhile, or be stuck after a live migration
 * (section 13): what has no answer there is asked once more over a new one, within the same limit.
 * An acknowledgement always has a connection of its own, so that no answer leaves open whether it
 * was a stale one. Calls are made one at a time; {@link #close} may come from any thread and ends a
 * running one.
 */
final class MetadataHttp implements AutoCloseable {
  private static final MediaType JSON = MediaType.get("application/json");
  private static final int LONGEST_ERROR_BODY = 8 * 1_024;

  /** The service answers within milliseconds; longer, and a kept connection may be stuck. */
  private static final Duration PATIENCE_WITH_A_KEPT_CONNECTION = Duration.ofSeconds(2);

  private static final Duration LONGEST_KEPT = Duration.ofMinutes(5);
  private static final String RETRY_AFTER = "Retry-After";
  private static final String KEPT_RETRY_AFTER = "Drainwatch-Kept-Retry-After";

  private final InstantSource clock;
  private final ConnectionPool kept =
      new ConnectionPool(1, LONGEST_KEPT.toSeconds(), TimeUnit.SECONDS);
  private final OkHttpClient client;
  private volatile @Nullable Call running;

  /** The same poll is made each second; nothing of a request changes by being sent. */
  private volatile @Nullable Request lastGet;

  private volatile boolean closed;

  MetadataHttp(Duration connectLimit, InstantSource clock) {
    this.clock = clock;
    client =
        new OkHttpClient.Builder()
            .protocols(List.of(Protocol.HTTP_1_1))
            .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
            .proxy(Proxy.NO_PROXY)
            .socketFactory(new DirectSockets())
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .connectionPool(kept)
            // it connects on threads of its own, and throws a bare InterruptedException
            .fastFallback(false)
            .addNetworkInterceptor(MetadataHttp::hideRetryAfter)
            .connectTimeout(connectLimit)
            // the limit of the whole exchange rules; a limit per read would let a trickle go on
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            .build();
  }

  /** What {@link #get} tries, in words. */
  static String get(HttpUrl url) {
    return "GET " + url;
  }

  Answer get(HttpUrl url, Duration limit) {
    Request request = lastGet;
    if (request == null || !request.url().equals(url)) {
      request = request(url).get().build();
      lastGet = request;
    }
    if (kept.idleConnectionCount() == 0) {
      return exchange(request, limit);
    }
    Duration patience = shorter(PATIENCE_WITH_A_KEPT_CONNECTION, limit.dividedBy(2));
    Answer answer = exchange(request, patience);
    if (!isSilence(answer)) {
      return answer;
    }
    return exchange(request, limit.minus(patience)); // okhttp does not use what failed again
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static boolean isSilence(Answer answer) {
    return switch (answer) {
      case Success success -> false;
      case Failure failure -> failure.status().isEmpty() && failure.kind() != ErrorKind.CANCELLED;
    };
  }

  /** The body of a 200 is not waited for. */
  Answer post(HttpUrl url, byte[] json, Duration limit) {
    kept.evictAll();
    return exchange(
        request(url).header("Connection", "close").post(RequestBody.create(json, JSON)).build(),
        limit);
  }

  @Override
  public void close() {
    closed = true;
    Call call = running;
    if (call != null) {
      call.cancel();
    }
    kept.evictAll();
  }

  private static Request.Builder request(HttpUrl url) {
    return new Request.Builder()
        .url(url)
        .header("Metadata", "true")
        .header("Accept", "application/json")
        .header("Accept-Encoding", "identity")
        .header("User-Agent", "drainwatch");
  }

  private Answer exchange(Request request, Duration limit) {
    Call call = client.newCall(request);
    call.timeout().timeout(limit.toMillis(), TimeUnit.MILLISECONDS);
    running = call; // before looking at closed, as close() does it the other way round
    if (closed) {
      return Failure.noAnswer(tried(request), ErrorKind.CANCELLED, "closed");
    }
    try (Response response = call.execute()) {
      byte[] body = body(call, response);
      return response.code() == 200
          ? new Success(body)
          : Failure.ofStatus(tried(request), response.code(), body, retryAfter(response));
    } catch (IOException e) {
      String message = e.getMessage();
      String cause = message == null ? e.getClass().getSimpleName() : message;
      return Failure.noAnswer(tried(request), kindOf(e), cause);
    } finally {
      running = null;
    }
  }

  private static String tried(Request request) {
    return request.method() + " " + request.url();
  }

  private Optional<Duration> retryAfter(Response response) {
    return Optional.ofNullable(response.header(KEPT_RETRY_AFTER))
        .flatMap(header -> RetryAfter.read(header, clock.instant()));
  }

  private static byte[] body(Call call, Response response) throws IOException {
    if (response.code() == 200) {
      return call.request().method().equals("GET")
          ? upTo(PlatformJson.LONGEST_BODY, call, response)
          : new byte[0];
    }
    try {
      return upTo(LONGEST_ERROR_BODY, call, response);
    } catch (IOException e) {
      return new byte[0]; // the status is known, and what the body would have said is not needed
    }
  }

  private static byte[] upTo(int longest, Call call, Response response) throws IOException {
    BufferedSource source = response.body().source();
    source.request(longest + 1L);
    byte[] read = source.getBuffer().readByteArray();
    if (read.length > longest) {
      call.cancel(); // or okhttp reads on, as fast as it can, to save the connection
    }
    return read;
  }

  private ErrorKind kindOf(IOException e) {
    if (closed || Thread.currentThread().isInterrupted()) {
      return ErrorKind.CANCELLED;
    }
    if (e instanceof InterruptedIOException) {
      return ErrorKind.TIMEOUT; // socket time-outs are of this type too
    }
    boolean isUnreachable =
        e instanceof ConnectException
            || e instanceof NoRouteToHostException
            || e instanceof UnknownHostException;
    return isUnreachable ? ErrorKind.UNREACHABLE : ErrorKind.CONNECTION_LOST;
  }

  /**
   * okhttp sends a request again by itself when a 503 says {@code Retry-After: 0}, retries off or
   * not, and fails on one with more digits than an int. Out of its sight, the header is ours.
   */
  private static Response hideRetryAfter(Interceptor.Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    String asked = response.header(RETRY_AFTER);
    if (asked == null) {
      return response;
    }
    return response
        .newBuilder()
        .headers(
            response
                .headers()
                .newBuilder()
                .removeAll(RETRY_AFTER)
                .addUnsafeNonAscii(KEPT_RETRY_AFTER, asked)
                .build())
        .build();
  }
}

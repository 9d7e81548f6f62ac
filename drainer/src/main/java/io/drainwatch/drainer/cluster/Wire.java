package io.drainwatch.drainer.cluster;

import io.drainwatch.drainer.evictions.EvictionAnswer.Failure;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Requests as they go over the wire: each once, and each over after its limit. A 401 makes the next
 * request read the token again.
 */
final class Wire implements AutoCloseable {
  /** Of a whole call, its body included. */
  static final Duration LIMIT = Duration.ofSeconds(10);

  private static final Duration SLACK = Duration.ofSeconds(1);

  private final HttpClient client;
  private final String address;
  private final FreshToken token;
  private final Duration limit;

  /** By {@link System#nanoTime}. */
  private volatile Optional<Long> answered = Optional.empty();

  Wire(HttpClient client, Config config, FreshToken token, Duration limit) {
    this.client = client;
    this.token = token;
    this.limit = limit;
    address = config.getMasterUrl().replaceAll("/+$", "");
  }

  /** An answer whose body is still to be read; closing it gives up the rest. */
  record Opened(Head head, InputStream body) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      body.close();
    }
  }

  /** No answer came. */
  static final class NoAnswerException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Reply.None reply;

    NoAnswerException(Reply.None reply) {
      super(reply.text());
      this.reply = reply;
    }

    Reply.None reply() {
      return reply;
    }
  }

  Duration limit() {
    return limit;
  }

  /** How long ago the server served us; empty: not yet. */
  Optional<Duration> sinceLastAnswer() {
    return answered.map(at -> Duration.ofNanos(System.nanoTime() - at));
  }

  // that something is not there or has changed is an answer, that we may not ask is none
  private static boolean isServed(int status) {
    return status < 500 && status != 401 && status != 403 && status != 429;
  }

  void readToken() {
    token.isStale();
  }

  /** Blocks until it is answered, for the limit at most. */
  Reply ask(Asked asked) {
    return ask(asked, limit);
  }

  /** As {@link #ask(Asked)}, for so long at most. */
  Reply ask(Asked asked, Duration most) {
    try (Opened opened = open(asked, most)) {
      return read(opened, asked.mostBytes());
    } catch (NoAnswerException e) {
      return e.reply();
    } catch (IOException e) {
      return none(e);
    }
  }

  /**
   * Blocks until the answer begins, for the usual limit at most.
   *
   * @param whole how long reading its body may go on, from now
   */
  Opened open(Asked asked, Duration whole) throws NoAnswerException {
    CompletableFuture<HttpResponse<InputStream>> answer;
    try {
      answer = client.sendAsync(request(asked, whole), InputStream.class);
    } catch (RuntimeException e) {
      throw new NoAnswerException(none(e)); // closed, or an address that is none
    }
    try {
      Duration patience = limit.plus(SLACK);
      HttpResponse<InputStream> response = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (response.code() == 401) {
        token.isStale();
      } else if (isServed(response.code())) {
        answered = Optional.of(System.nanoTime());
      }
      return new Opened(Head.of(response), response.body());
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new NoAnswerException(new Reply.None(Failure.RESET, "given up by us"));
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new NoAnswerException(none(e));
    } catch (ExecutionException e) {
      throw new NoAnswerException(none(e));
    }
  }

  @Override
  public void close() {
    client.close();
  }

  static Reply.None none(Throwable problem) {
    Throwable cause = problem;
    for (Throwable each = problem; each != null; each = each.getCause()) {
      if (each instanceof CertificateException || each instanceof SSLException) {
        return new Reply.None(Failure.TLS, Line.of(each));
      }
      if (each instanceof InterruptedIOException || each instanceof TimeoutException) {
        return new Reply.None(Failure.TIMEOUT, Line.of(each));
      }
      cause = each;
    }
    return new Reply.None(Failure.RESET, Line.of(cause));
  }

  private HttpRequest request(Asked asked, Duration whole) {
    HttpRequest.Builder builder =
        client
            .newHttpRequestBuilder()
            .uri(address + asked.path())
            .header("Accept", Asked.JSON)
            .timeout(whole.toMillis(), TimeUnit.MILLISECONDS);
    if (asked.leavesConnection()) {
      builder.header("Connection", "close");
    }
    asked
        .content()
        .ifPresentOrElse(
            content -> builder.method(asked.method(), content.type(), content.text()),
            () -> {
              if (!asked.method().equals("GET")) {
                throw new IllegalArgumentException(asked.method() + " without a body");
              }
            });
    return builder.build();
  }

  /** The rest of an answer that is not the one hoped for. */
  Reply rest(Opened opened) {
    return read(opened, Asked.STATUS_BYTES);
  }

  private static Reply read(Opened opened, int mostBytes) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    boolean isWhole;
    try {
      isWhole = copy(opened.body(), body, mostBytes);
    } catch (IOException e) {
      isWhole = false; // the status is known all the same
    }
    return new Reply.Http(opened.head(), body.toByteArray(), isWhole);
  }

  private static boolean copy(InputStream in, ByteArrayOutputStream out, int most)
      throws IOException {
    byte[] buffer = new byte[8_192];
    while (true) {
      int length = in.read(buffer, 0, Math.min(buffer.length, most + 1 - out.size()));
      if (length < 0) {
        return true;
      }
      out.write(buffer, 0, length);
      if (out.size() > most) {
        return false;
      }
    }
  }
}

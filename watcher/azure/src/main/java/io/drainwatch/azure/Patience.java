package io.drainwatch.azure;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import reactor.core.publisher.Mono;

/**
 * Sends a request again as {@link RetryRule} has it, and holds the next ones back for a moment when
 * an answer says that no request is left ({@link RateLimit}), whichever thread they come from.
 */
final class Patience implements HttpPipelinePolicy {
  private final InstantSource clock;
  private final Duration limit;
  private final Pauses pauses;
  private final AtomicReference<Instant> notBefore = new AtomicReference<>(Instant.MIN);

  /**
   * @param limit for a request with all its repeats
   */
  Patience(InstantSource clock, Duration limit, Pauses pauses) {
    this.clock = clock;
    this.limit = limit;
    this.pauses = pauses;
  }

  @Override
  public HttpResponse processSync(
      HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
    Instant end = clock.instant().plus(limit);
    for (int tries = 1; ; tries++) {
      pause(held());
      try {
        HttpResponse response = next.clone().processSync();
        Optional<Duration> wait = judge(context, response, tries, end);
        if (wait.isEmpty()) {
          return response;
        }
        response.close();
        pause(wait.get());
      } catch (RuntimeException failure) {
        pause(again(context, failure, tries, end).orElseThrow(() -> failure));
      }
    }
  }

  @Override
  public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
    return Mono.defer(() -> attempt(context, next, 1, clock.instant().plus(limit)));
  }

  private Mono<HttpResponse> attempt(
      HttpPipelineCallContext context, HttpPipelineNextPolicy next, int tries, Instant end) {
    Mono<HttpResponse> sent = Mono.defer(() -> next.clone().process());
    Duration held = held();
    return (held.isZero() ? sent : Mono.delay(held).then(sent))
        .<Sent>map(Sent.Answered::new)
        .onErrorResume(failure -> Mono.just(new Sent.Broken(failure)))
        .flatMap(
            came -> {
              Optional<Duration> wait =
                  switch (came) {
                    case Sent.Answered(HttpResponse response) ->
                        judge(context, response, tries, end);
                    case Sent.Broken(Throwable failure) -> again(context, failure, tries, end);
                  };
              if (wait.isEmpty()) {
                return came.asIs();
              }
              came.close();
              return Mono.delay(wait.get()).then(attempt(context, next, tries + 1, end));
            });
  }

  /** What came of one try. */
  private sealed interface Sent {
    record Answered(HttpResponse response) implements Sent {}

    record Broken(Throwable failure) implements Sent {}

    default Mono<HttpResponse> asIs() {
      return switch (this) {
        case Answered(HttpResponse response) -> Mono.just(response);
        case Broken(Throwable failure) -> Mono.error(failure);
      };
    }

    default void close() {
      if (this instanceof Answered(HttpResponse response)) {
        response.close();
      }
    }
  }

  private Optional<Duration> judge(
      HttpPipelineCallContext context, HttpResponse response, int tries, Instant end) {
    Instant now = clock.instant();
    OptionalLong left = RateLimit.left(response.getHeaders());
    if (left.isPresent() && left.getAsLong() == 0) {
      notBefore.set(now.plus(pauses.whenNoneIsLeft()));
    }
    return RetryRule.next(
        changes(context),
        OptionalInt.of(response.getStatusCode()),
        RetryAfter.of(response.getHeaders(), now),
        tries,
        Duration.between(now, end),
        pauses.first());
  }

  private Optional<Duration> again(
      HttpPipelineCallContext context, Throwable failure, int tries, Instant end) {
    boolean isOfTheConnection =
        failure instanceof IOException || failure instanceof UncheckedIOException;
    return isOfTheConnection
        ? RetryRule.next(
            changes(context),
            OptionalInt.empty(),
            Optional.empty(),
            tries,
            Duration.between(clock.instant(), end),
            pauses.first())
        : Optional.empty();
  }

  private static boolean changes(HttpPipelineCallContext context) {
    return context.getHttpRequest().getHttpMethod() != HttpMethod.GET;
  }

  private Duration held() {
    Instant until = notBefore.get();
    Instant now = clock.instant();
    if (!until.isAfter(now)) {
      return Duration.ZERO;
    }
    Duration held = Duration.between(now, until);
    // the clock may have been set back
    return held.compareTo(pauses.whenNoneIsLeft()) > 0 ? pauses.whenNoneIsLeft() : held;
  }

  private static void pause(Duration wait) {
    try {
      boolean unused = new CountDownLatch(1).await(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted between two tries", e));
    }
  }
}

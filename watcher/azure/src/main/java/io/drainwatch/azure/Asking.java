package io.drainwatch.azure;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpResponse;
import com.azure.core.management.exception.ManagementException;
import com.microsoft.aad.msal4j.MsalServiceException;
import io.drainwatch.watcher.azure.AzureAnswer;
import io.drainwatch.watcher.azure.AzureCall;
import io.drainwatch.watcher.azure.Trouble;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks one question within its limit, pages, login and retries included, and makes a value of
 * whatever comes of it. Each question has a virtual thread, which is interrupted at the limit; a
 * thread that does not listen ends with its exchange.
 */
final class Asking implements AutoCloseable {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Duration limit;
  private final InstantSource clock;

  Asking(Duration limit, InstantSource clock) {
    this.limit = limit;
    this.clock = clock;
  }

  <T> AzureAnswer<T> ask(AzureCall call, String on, Callable<T> question) {
    Future<T> asked = threads.submit(question);
    try {
      return new AzureAnswer.Told<>(asked.get(limit.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      asked.cancel(true);
      return nothingCame(
          Trouble.Kind.TIMED_OUT, call, on, "no answer within " + limit.toMillis() + " ms");
    } catch (InterruptedException e) {
      asked.cancel(true);
      Thread.currentThread().interrupt();
      return nothingCame(Trouble.Kind.TIMED_OUT, call, on, "interrupted");
    } catch (ExecutionException e) {
      return new AzureAnswer.NotTold<>(trouble(call, on, e.getCause() == null ? e : e.getCause()));
    }
  }

  private Trouble trouble(AzureCall call, String on, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof HttpResponseException answered) {
        return answered(call, on, answered);
      }
      if (cause instanceof MsalServiceException) {
        return noLogin(call, on, Refusal.of(cause));
      }
    }
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String said = deepest.getMessage() == null ? deepest.toString() : deepest.getMessage();
    Trouble.Kind kind = isLate(failure) ? Trouble.Kind.TIMED_OUT : ofTheConnection(deepest);
    return new Trouble(
        kind,
        call,
        on,
        OptionalInt.empty(),
        "",
        kind == Trouble.Kind.OTHER ? deepest.getClass().getSimpleName() + ": " + said : said,
        Optional.empty());
  }

  /** okhttp's limit for a call and a socket's for reading; the cause below is a closed socket. */
  private static boolean isLate(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof InterruptedIOException
          || cause instanceof InterruptedException
          || cause instanceof TimeoutException) {
        return true;
      }
    }
    return false;
  }

  private static Trouble.Kind ofTheConnection(Throwable failure) {
    return failure instanceof IOException ? Trouble.Kind.NO_CONNECTION : Trouble.Kind.OTHER;
  }

  private Trouble answered(AzureCall call, String on, HttpResponseException failure) {
    HttpResponse response = failure.getResponse();
    if (failure instanceof ClientAuthenticationException) {
      return noLogin(call, on, Refusal.of(failure));
    }
    if (response == null) {
      return new Trouble(
          Trouble.Kind.OTHER,
          call,
          on,
          OptionalInt.empty(),
          "",
          String.valueOf(failure.getMessage()),
          Optional.empty());
    }
    int status = response.getStatusCode();
    String code = "";
    String said = String.valueOf(failure.getMessage());
    if (failure instanceof ManagementException management && management.getValue() != null) {
      code = Optional.ofNullable(management.getValue().getCode()).orElse("");
      said = Optional.ofNullable(management.getValue().getMessage()).orElse("");
    }
    return new Trouble(
        Trouble.Kind.of(status),
        call,
        on,
        OptionalInt.of(status),
        code,
        said,
        RetryAfter.of(response.getHeaders(), clock.instant()));
  }

  /** Whoever gives tokens gave none. */
  private static Trouble noLogin(AzureCall call, String on, String said) {
    return new Trouble(
        Trouble.Kind.NO_LOGIN, call, on, OptionalInt.empty(), "", said, Optional.empty());
  }

  private static <T> AzureAnswer<T> nothingCame(
      Trouble.Kind kind, AzureCall call, String on, String said) {
    return new AzureAnswer.NotTold<>(
        new Trouble(kind, call, on, OptionalInt.empty(), "", said, Optional.empty()));
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}

package io.drainwatch.watcher.http;

import io.drainwatch.watcher.report.StatusJson;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

/** {@link RequestRefused} as an answer. */
@Singleton
final class RefusedAnswers implements ExceptionHandler<RequestRefused, HttpResponse<?>> {

  @Override
  @SuppressWarnings("rawtypes")
  public HttpResponse<?> handle(HttpRequest request, RequestRefused refused) {
    return HttpResponse.status(refused.status())
        .contentType(MediaType.APPLICATION_JSON_TYPE)
        .body(StatusJson.write(refused.body()));
  }
}

package io.drainwatch.watcher.http;

import io.drainwatch.watcher.report.StatusJson;
import io.micronaut.context.annotation.Primary;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;

/**
 * Whatever goes wrong is answered as {@link ErrorBody}: no exception's text of ours or of a library
 * leaves the process, the log has it.
 */
@Primary
@Singleton
final class ErrorAnswers implements ErrorResponseProcessor<String> {

  @Override
  public MutableHttpResponse<String> processResponse(
      ErrorContext context, MutableHttpResponse<?> response) {
    String what = context.getRequest().getMethodName() + " " + context.getRequest().getPath();
    ErrorBody body = new ErrorBody(what, why(response.status()));
    return response.body(StatusJson.write(body)).contentType(MediaType.APPLICATION_JSON_TYPE);
  }

  private static String why(HttpStatus status) {
    return switch (status) {
      case BAD_REQUEST -> "the request cannot be understood";
      case NOT_FOUND -> "there is nothing at this path";
      case METHOD_NOT_ALLOWED -> "this path knows no such method";
      case NOT_ACCEPTABLE -> "this path has no such content type to give";
      case UNSUPPORTED_MEDIA_TYPE -> "send application/json, or no body";
      case REQUEST_ENTITY_TOO_LARGE -> "the body is larger than this server reads";
      default ->
          status.getCode() >= 500 ? "a fault of the server; its log says more" : status.getReason();
    };
  }
}

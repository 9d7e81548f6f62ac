package io.drainwatch.watcher.http;

import io.drainwatch.watcher.report.StatusJson;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import org.jspecify.annotations.Nullable;

/**
 * Nothing but GET and HEAD is let through without the token, whatever the path, so that an endpoint
 * added later is closed until it shows otherwise. The refusal tells nothing: not what was wrong
 * with the token, not whether the path exists.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class TokenFilter {
  private static final ErrorBody REFUSED = new ErrorBody("authorize", "a valid token is needed");

  private final AccessToken token;

  TokenFilter(AccessToken token) {
    this.token = token;
  }

  @RequestFilter
  @Nullable HttpResponse<?> demandToken(HttpRequest<?> request) {
    boolean onlyReads =
        request.getMethod() == HttpMethod.GET || request.getMethod() == HttpMethod.HEAD;
    if (onlyReads || token.isIn(request.getHeaders().getAuthorization())) {
      return null;
    }
    MutableHttpResponse<String> refusal =
        HttpResponse.<String>status(HttpStatus.UNAUTHORIZED)
            .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
            .contentType(MediaType.APPLICATION_JSON_TYPE)
            .body(StatusJson.write(REFUSED));
    keepOutOfCaches(refusal); // an answer given by a filter does not pass its response filter
    return refusal;
  }

  @ResponseFilter
  void keepOutOfCaches(MutableHttpResponse<?> response) {
    if (!response.getHeaders().contains(HttpHeaders.CACHE_CONTROL)) { // as the pages' files say
      response.header(HttpHeaders.CACHE_CONTROL, "no-store");
    }
    response.header("X-Content-Type-Options", "nosniff");
  }
}

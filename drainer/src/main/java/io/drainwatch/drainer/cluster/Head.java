package io.drainwatch.drainer.cluster;

import io.fabric8.kubernetes.client.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * Status and headers of an answer.
 *
 * @param retryAfter as it stands
 * @param date of the server's clock, in whole seconds
 */
record Head(int status, Optional<String> retryAfter, Optional<Instant> date) {

  static Head of(HttpResponse<?> response) {
    return new Head(
        response.code(),
        first(response, OneTryHttp.KEPT_RETRY_AFTER),
        first(response, "Date").flatMap(Head::moment));
  }

  private static Optional<String> first(HttpResponse<?> response, String name) {
    return response.headers(name).stream().findFirst();
  }

  private static Optional<Instant> moment(String date) {
    try {
      return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}

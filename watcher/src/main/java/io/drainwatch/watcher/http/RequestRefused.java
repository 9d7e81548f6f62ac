package io.drainwatch.watcher.http;

import io.micronaut.http.HttpStatus;

/** A request that is answered with an error; the message is for whoever sent it. */
final class RequestRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final HttpStatus status;
  private final transient ErrorBody body;

  RequestRefused(HttpStatus status, String what, String why) {
    this(status, new ErrorBody(what, why));
  }

  RequestRefused(HttpStatus status, ErrorBody body) {
    super(body.what() + ": " + body.why(), null, false, false);
    this.status = status;
    this.body = body;
  }

  HttpStatus status() {
    return status;
  }

  ErrorBody body() {
    return body;
  }
}

package io.drainwatch.watcher.events;

/**
 * Why a call of the metadata service brought nothing (azure-scheduled-events.md, section 9). The
 * same word goes into logs, metrics and messages.
 */
public enum ErrorKind {
  /** 200, but no valid document. */
  NOT_A_DOCUMENT("not-a-document", "the answer is not a document of scheduled events"),
  /** 400 and 405. */
  BAD_REQUEST("bad-request", "the version, the payload or the method was refused"),
  /** 401, 403 and 3xx: an identity proxy, a container runtime or a firewall answered. */
  NOT_THIS_SERVICE(
      "not-this-service",
      "this is not the metadata service, or something stands in between; redirects are not"
          + " followed"),
  /** 404. */
  NOT_FOUND("not-found", "the version is unknown or the endpoint is being updated"),
  /** 410. */
  UPDATING("updating", "the metadata service is being updated, which takes up to 70 s"),
  /** 429. */
  TOO_MANY_REQUESTS(
      "too-many-requests", "all processes of this VM together sent more than 5 requests a second"),
  /** 5xx. */
  SERVER_ERROR("server-error", "the metadata service has a passing fault"),
  /** Any other status. */
  UNEXPECTED_STATUS("unexpected-status", "no answer of the metadata service is known with it"),
  TIMEOUT("timeout", "no whole answer in time"),
  /** Refused, no route, or the address cannot be resolved. */
  UNREACHABLE("unreachable", "no connection"),
  /** Reset, cut off, or not HTTP as the metadata service speaks it. */
  CONNECTION_LOST("connection-lost", "the connection broke before the answer was whole"),
  /** We gave up ourselves: closed or interrupted. Says nothing about the service. */
  CANCELLED("cancelled", "the call was given up because Drainwatch is stopping");

  private final String word;
  private final String meaning;

  ErrorKind(String word, String meaning) {
    this.word = word;
    this.meaning = meaning;
  }

  /** For logs and as a metric's label. */
  public String word() {
    return word;
  }

  /** For people, without what was tried and what happens next. */
  String meaning() {
    return meaning;
  }

  /** The kind of an answer other than 200. */
  static ErrorKind ofStatus(int status) {
    return switch (status) {
      case 400, 405 -> BAD_REQUEST;
      case 401, 403 -> NOT_THIS_SERVICE;
      case 404 -> NOT_FOUND;
      case 410 -> UPDATING;
      case 429 -> TOO_MANY_REQUESTS;
      default -> {
        if (status >= 300 && status < 400) {
          yield NOT_THIS_SERVICE;
        }
        yield status >= 500 && status < 600 ? SERVER_ERROR : UNEXPECTED_STATUS;
      }
    };
  }

  /** Whether it is the service itself that speaks, so that its Retry-After counts. */
  boolean isWordOfTheService() {
    return this == NOT_FOUND
        || this == UPDATING
        || this == TOO_MANY_REQUESTS
        || this == SERVER_ERROR;
  }
}

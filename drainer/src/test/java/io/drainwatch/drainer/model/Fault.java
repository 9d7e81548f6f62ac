package io.drainwatch.drainer.model;

import io.drainwatch.drainer.evictions.ApiStatus;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The 23 ways in which a request fails (reliability.md, L2), and the time-outs. */
public enum Fault {
  BAD_REQUEST("400"),
  UNAUTHORIZED("401"),
  FORBIDDEN("403"),
  NAMESPACE_TERMINATING("403-namespace"),
  NOT_FOUND("404"),
  NOT_ALLOWED("405"),
  CONFLICT("409"),
  GONE("410"),
  INVALID("422"),
  BUSY("429"),
  /** The server is overloaded and says so in plain text. */
  BUSY_1("429+1 s"),
  BUSY_10("429+10 s"),
  SEVERAL_BUDGETS("500 multi-pdb"),
  WEBHOOK("500 webhook"),
  BAD_GATEWAY("502"),
  UNAVAILABLE("503"),
  GATEWAY_TIMEOUT("504"),
  /** The connection breaks; the server never saw the request. */
  RESET_BEFORE("reset before"),
  /** The connection breaks; the server did what was asked. */
  RESET_AFTER("reset after commit"),
  /** Done, but half of the answer is missing. */
  TRUNCATED("truncated JSON"),
  /** Done; the answer takes 8 s. */
  SLOW("slow"),
  /** Done; 200 with an HTML page, as a proxy sends it. */
  WRONG_TYPE("wrong content type"),
  TLS("TLS failure"),
  /** No answer; the server never saw the request. */
  TIMEOUT_BEFORE("time-out before"),
  /** No answer; the server did what was asked. */
  TIMEOUT_AFTER("time-out after commit");

  private static final String PLAIN_TEXT = "text/plain";

  private final String text;

  Fault(String text) {
    this.text = text;
  }

  /** Without the time-outs. */
  public static List<Fault> matrix() {
    return List.of(values()).subList(0, TIMEOUT_BEFORE.ordinal());
  }

  @Override
  public String toString() {
    return text;
  }

  /** Whether the server does what is asked before it goes wrong. */
  public boolean commits() {
    return switch (this) {
      case RESET_AFTER, TRUNCATED, SLOW, WRONG_TYPE, TIMEOUT_AFTER -> true;
      default -> false;
    };
  }

  /** Empty for those that are no answer. */
  Optional<ModelAnswer.Said> answer(ModelRequest request) {
    String kind = kind(request.verb());
    String name = request.target().substring(request.target().indexOf('/') + 1);
    return switch (this) {
      case BAD_REQUEST -> said(400, "BadRequest", "the request cannot be understood");
      case UNAUTHORIZED -> said(401, "Unauthorized", "Unauthorized");
      case FORBIDDEN ->
          Optional.of(
              ModelAnswer.failure(
                  403,
                  "Forbidden",
                  kind
                      + " \""
                      + name
                      + "\" is forbidden: User \"system:serviceaccount:drainwatch:drainer\" cannot "
                      + action(request.verb())
                      + " in API group \"\"",
                  kind,
                  name,
                  OptionalInt.empty(),
                  Optional.empty()));
      case NAMESPACE_TERMINATING -> Optional.of(Refusals.namespaceGoes("shop", name));
      case NOT_FOUND -> Optional.of(Refusals.notFound(kind, name));
      case NOT_ALLOWED ->
          said(405, "MethodNotAllowed", "the server does not allow this method on the resource");
      case CONFLICT -> Optional.of(Refusals.stale(kind, name));
      case GONE -> Optional.of(Refusals.expired(1, 2));
      case INVALID -> Optional.of(Refusals.invalid(kind, name, "metadata: Invalid value"));
      case BUSY -> busy(OptionalInt.empty());
      case BUSY_1 ->
          Optional.of(
              new ModelAnswer.Said(
                  new ApiStatus(
                      "",
                      PLAIN_TEXT,
                      429,
                      "Too many requests, please try again later.",
                      "",
                      "",
                      OptionalInt.of(1),
                      List.of())));
      case BUSY_10 -> busy(OptionalInt.of(10));
      case SEVERAL_BUDGETS -> Optional.of(Refusals.severalBudgets());
      case WEBHOOK ->
          said(
              500,
              "InternalError",
              "Internal error occurred: failed calling webhook \"guard.example.com\": failed to"
                  + " call webhook: Post \"https://guard.shop.svc:443/?timeout=10s\": context"
                  + " deadline exceeded");
      case BAD_GATEWAY -> said(502, "", "bad gateway");
      case UNAVAILABLE ->
          said(503, "ServiceUnavailable", "the server is currently unable to handle the request");
      case GATEWAY_TIMEOUT ->
          said(504, "Timeout", "Timeout: request did not complete within requested timeout");
      case RESET_BEFORE,
          RESET_AFTER,
          TRUNCATED,
          SLOW,
          WRONG_TYPE,
          TLS,
          TIMEOUT_BEFORE,
          TIMEOUT_AFTER ->
          Optional.empty();
    };
  }

  /** Its body is the message alone. */
  static boolean isPlainText(ModelAnswer.Said said) {
    return said.status().reason().equals(PLAIN_TEXT);
  }

  private static Optional<ModelAnswer.Said> said(int code, String reason, String message) {
    return Optional.of(ModelAnswer.failure(code, reason, message));
  }

  private static Optional<ModelAnswer.Said> busy(OptionalInt seconds) {
    return Optional.of(
        new ModelAnswer.Said(
            new ApiStatus(
                "Failure",
                "TooManyRequests",
                429,
                "the server has received too many requests and has asked us to try again later",
                "",
                "",
                seconds,
                List.of())));
  }

  private static String kind(Verb verb) {
    return switch (verb) {
      case LIST_PODS, EVICT, DELETE_POD -> "pods";
      case GET_NODE, LIST_NODES, PATCH_NODE, PATCH_STATUS -> "nodes";
      case POST_EVENT -> "events";
      case LEASE -> "leases";
      case WATCH, DISCOVERY, OTHER -> "pods";
    };
  }

  private static String action(Verb verb) {
    return switch (verb) {
      case LIST_PODS -> "list resource \"pods\"";
      case WATCH -> "watch resource \"pods\"";
      case GET_NODE -> "get resource \"nodes\"";
      case LIST_NODES -> "list resource \"nodes\"";
      case PATCH_NODE -> "patch resource \"nodes\"";
      case PATCH_STATUS -> "patch resource \"nodes/status\"";
      case EVICT -> "create resource \"pods/eviction\"";
      case DELETE_POD -> "delete resource \"pods\"";
      case POST_EVENT -> "create resource \"events\"";
      case LEASE -> "update resource \"leases\"";
      case DISCOVERY, OTHER -> "get path";
    };
  }
}

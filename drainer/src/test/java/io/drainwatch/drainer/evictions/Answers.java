package io.drainwatch.drainer.evictions;

import io.drainwatch.drainer.evictions.EvictionAnswer.Body;
import io.drainwatch.drainer.evictions.EvictionAnswer.Failed;
import io.drainwatch.drainer.evictions.EvictionAnswer.Failure;
import io.drainwatch.drainer.evictions.EvictionAnswer.Http;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What API servers answer, in their words. */
final class Answers {
  private Answers() {}

  static EvictionAnswer accepted() {
    return new Http(
        201,
        new Body.StatusBody(
            new ApiStatus("Success", "", 201, "", "", "", OptionalInt.empty(), List.of())),
        Optional.empty());
  }

  static EvictionAnswer failure(int code, String reason, String message) {
    return failure(code, reason, message, "", "", Optional.empty());
  }

  static EvictionAnswer failure(
      int code,
      String reason,
      String message,
      String kind,
      String name,
      Optional<ApiStatus.Cause> cause) {
    return new Http(
        code,
        new Body.StatusBody(
            new ApiStatus(
                "Failure",
                reason,
                code,
                message,
                kind,
                name,
                OptionalInt.empty(),
                cause.stream().toList())),
        Optional.empty());
  }

  static EvictionAnswer withRetryAfter(EvictionAnswer answer, String header) {
    Http http = (Http) answer;
    return new Http(http.status(), http.body(), Optional.of(header));
  }

  static EvictionAnswer usedUp(String budget) {
    return failure(
        429,
        "TooManyRequests",
        "Cannot evict pod as it would violate the pod's disruption budget.",
        "",
        "",
        Optional.of(
            new ApiStatus.Cause(
                "DisruptionBudget",
                "The disruption budget " + budget + " needs 3 healthy pods and has 3 currently")));
  }

  static EvictionAnswer pending(String budget) {
    return withRetryAfter(
        failure(
            429,
            "TooManyRequests",
            "Cannot evict pod as it would violate the pod's disruption budget.",
            "",
            "",
            Optional.of(
                new ApiStatus.Cause(
                    "DisruptionBudget",
                    "The disruption budget "
                        + budget
                        + " is still being processed by the server."))),
        "10");
  }

  static EvictionAnswer throttled() {
    return withRetryAfter(
        new Http(
            429,
            new Body.Unreadable("Too many requests, please try again later.\n"),
            Optional.empty()),
        "1");
  }

  static EvictionAnswer podNotFound() {
    return failure(404, "NotFound", "pods \"a\" not found", "pods", "a", Optional.empty());
  }

  static EvictionAnswer otherUid() {
    return failure(
        409,
        "Conflict",
        "Operation cannot be fulfilled on pods \"a\": Precondition failed: UID in precondition: x,"
            + " UID in object meta: y");
  }

  static EvictionAnswer roleIsWrong() {
    return failure(
        403,
        "Forbidden",
        "pods \"a\" is forbidden: User \"system:serviceaccount:x:y\" cannot create resource"
            + " \"pods/eviction\" in API group \"\" in the namespace \"shop\"");
  }

  static EvictionAnswer webhook(int code) {
    return failure(code, "", "admission webhook \"drain.strimzi.io\" denied the request: later");
  }

  static EvictionAnswer webhookFails(String why) {
    return failure(
        500,
        "InternalError",
        "Internal error occurred: failed calling webhook \"guard.example\": failed to call"
            + " webhook: "
            + why);
  }

  static EvictionAnswer tooManyDisrupted(String budget) {
    return failure(
        403,
        "Forbidden",
        "poddisruptionbudgets.policy \""
            + budget
            + "\" is forbidden: DisruptedPods map too big - too many evictions not confirmed by PDB"
            + " controller",
        "poddisruptionbudget",
        budget,
        Optional.empty());
  }

  static EvictionAnswer severalBudgets() {
    return failure(
        500,
        "",
        "This pod has more than one PodDisruptionBudget, which the eviction subresource does not"
            + " support.");
  }

  static EvictionAnswer namespaceTerminating() {
    return failure(
        403,
        "Forbidden",
        "pods \"a\" is forbidden: unable to create new content in namespace shop because it is"
            + " being terminated",
        "pods",
        "a",
        Optional.of(new ApiStatus.Cause("NamespaceTerminating", "namespace shop is being")));
  }

  static EvictionAnswer unavailable() {
    return failure(503, "ServiceUnavailable", "etcdserver: leader changed");
  }

  static EvictionAnswer unauthorized() {
    return failure(401, "Unauthorized", "Unauthorized");
  }

  static EvictionAnswer reset() {
    return new Failed(Failure.RESET, "connection reset by peer");
  }

  static EvictionAnswer timeout() {
    return new Failed(Failure.TIMEOUT, "no answer within 10 s");
  }
}

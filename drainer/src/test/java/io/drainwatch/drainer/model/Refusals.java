package io.drainwatch.drainer.model;

import io.drainwatch.drainer.evictions.ApiStatus;
import io.drainwatch.drainer.model.ModelAnswer.Said;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The failures of an API server, in its words. */
final class Refusals {
  private static final String VIOLATES =
      "Cannot evict pod as it would violate the pod's disruption budget.";

  private Refusals() {}

  static Said notFound(String kind, String name) {
    return named(404, "NotFound", kind + " \"" + name + "\" not found", kind, name);
  }

  static Said exists(String kind, String name) {
    return named(409, "AlreadyExists", kind + " \"" + name + "\" already exists", kind, name);
  }

  static Said conflict(String kind, String name, String why) {
    return named(
        409,
        "Conflict",
        "Operation cannot be fulfilled on " + kind + " \"" + name + "\": " + why,
        kind,
        name);
  }

  static Said stale(String kind, String name) {
    return conflict(
        kind,
        name,
        "the object has been modified; please apply your changes to the latest version and try"
            + " again");
  }

  static Said otherUid(String kind, String name, String wanted, String found) {
    return conflict(
        kind,
        name,
        "the UID in the precondition ("
            + wanted
            + ") does not match the UID in record ("
            + found
            + "). The object might have been deleted and then recreated");
  }

  static Said otherVersion(String kind, String name, String wanted, String found) {
    return conflict(
        kind,
        name,
        "the ResourceVersion in the precondition ("
            + wanted
            + ") does not match the ResourceVersion in record ("
            + found
            + "). The object might have been modified");
  }

  static Said invalid(String kind, String name, String why) {
    return named(422, "Invalid", kind + " \"" + name + "\" is invalid: " + why, kind, name);
  }

  static Said immutable(String kind, String name, String field, String value) {
    return invalid(kind, name, field + ": Invalid value: \"" + value + "\": field is immutable");
  }

  static Said badRequest(String why) {
    return ModelAnswer.failure(400, "BadRequest", why);
  }

  static Said severalBudgets() {
    return ModelAnswer.failure(
        500,
        "",
        "This pod has more than one PodDisruptionBudget, which the eviction subresource does not"
            + " support.");
  }

  static Said budgetIsBehind(String budget) {
    return ModelAnswer.failure(
        429,
        "TooManyRequests",
        VIOLATES,
        "",
        "",
        OptionalInt.of(10),
        Optional.of(
            new ApiStatus.Cause(
                "DisruptionBudget",
                "The disruption budget " + budget + " is still being processed by the server.")));
  }

  static Said budgetIsUsedUp(ModelBudget budget) {
    ModelBudget.State state = budget.state();
    String why =
        state.currentHealthy() <= state.desiredHealthy()
            ? "needs "
                + state.desiredHealthy()
                + " healthy pods and has "
                + state.currentHealthy()
                + " currently"
            : "does not allow evicting pods currently";
    return ModelAnswer.failure(
        429,
        "TooManyRequests",
        VIOLATES,
        "",
        "",
        OptionalInt.empty(),
        Optional.of(
            new ApiStatus.Cause(
                "DisruptionBudget", "The disruption budget " + budget.name() + " " + why)));
  }

  static Said budgetRefuses(String budget, String why) {
    Said said =
        named(
            403,
            "Forbidden",
            "poddisruptionbudget.policy \"" + budget + "\" is forbidden: " + why,
            "poddisruptionbudget",
            budget);
    return new Said(said.status(), "policy", Duration.ZERO);
  }

  static Said namespaceGoes(String namespace, String pod) {
    return ModelAnswer.failure(
        403,
        "Forbidden",
        "pods \""
            + pod
            + "\" is forbidden: unable to create new content in namespace "
            + namespace
            + " because it is being terminated",
        "pods",
        pod,
        OptionalInt.empty(),
        Optional.of(
            new ApiStatus.Cause(
                "NamespaceTerminating", "namespace " + namespace + " is being terminated")));
  }

  static Said expired(long wanted, long oldest) {
    return ModelAnswer.failure(
        410, "Expired", "too old resource version: " + wanted + " (" + oldest + ")");
  }

  private static Said named(int code, String reason, String message, String kind, String name) {
    return new Said(
        new ApiStatus(
            "Failure", reason, code, message, kind, name, OptionalInt.empty(), List.of()));
  }
}

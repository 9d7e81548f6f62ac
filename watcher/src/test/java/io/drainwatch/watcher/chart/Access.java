package io.drainwatch.watcher.chart;

import io.drainwatch.drainer.model.Call;
import java.util.List;
import java.util.Optional;

/**
 * What a request to the API server needs to be allowed, as the API server reads it from method and
 * path.
 *
 * @param resource with its sub-resource: {@code pods/eviction}
 * @param namespace empty: none, or all of them
 * @param name empty where there is none yet: of what is made, listed or watched
 */
public record Access(String verb, String group, String resource, String namespace, String name) {

  /** Empty: everybody may who is logged in, as the roles that every cluster comes with say. */
  public static Optional<Access> of(Call call) {
    List<String> parts = List.of(call.path().substring(1).split("/"));
    boolean isCore = parts.getFirst().equals("api");
    int at = isCore ? 2 : 3;
    String group = isCore || parts.size() < 2 ? "" : parts.get(1);
    if (parts.size() <= at || group.equals("authorization.k8s.io")) {
      return Optional.empty();
    }
    boolean isInSpace = parts.get(at).equals("namespaces") && parts.size() > at + 2;
    List<String> rest = parts.subList(isInSpace ? at + 2 : at, parts.size());
    String name = rest.size() > 1 ? rest.get(1) : "";
    String resource = rest.getFirst() + (rest.size() > 2 ? "/" + rest.get(2) : "");
    return Optional.of(
        new Access(
            verb(call, name.isEmpty()), group, resource, isInSpace ? parts.get(at + 1) : "", name));
  }

  private static String verb(Call call, boolean isCollection) {
    return switch (call.method()) {
      case "GET" -> call.isWatch() ? "watch" : isCollection ? "list" : "get";
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> isCollection ? "deletecollection" : "delete";
      default -> throw new IllegalArgumentException(call.toString());
    };
  }
}

package io.drainwatch.drainer.cluster;

import io.drainwatch.drainer.model.ModelServer;
import io.drainwatch.drainer.model.Verb;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends a request by https to the server's port, where its handshake is to fail. */
final class TlsWhereItFails implements Interceptor {
  private static final Pattern NODE_OF = Pattern.compile("(?:nodeName|metadata.name)=([^&]+)");

  private final ModelServer server;

  TlsWhereItFails(ModelServer server) {
    this.server = server;
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    URI uri = request.uri();
    if (server.failsHandshake(verb(request.method(), uri), target(uri))) {
      builder.uri(URI.create("https" + uri.toString().substring("http".length())));
    }
  }

  private static Verb verb(String method, URI uri) {
    String path = uri.getPath();
    return switch (method) {
      case "PATCH" -> path.endsWith("/status") ? Verb.PATCH_STATUS : Verb.PATCH_NODE;
      case "DELETE" -> Verb.DELETE_POD;
      case "POST" -> path.endsWith("/eviction") ? Verb.EVICT : Verb.POST_EVENT;
      case "GET" -> {
        if (("" + uri.getQuery()).contains("watch=true")) {
          yield Verb.WATCH;
        }
        yield path.equals("/api/v1/pods")
            ? Verb.LIST_PODS
            : path.startsWith("/api/v1/nodes/") ? Verb.GET_NODE : Verb.OTHER;
      }
      default -> Verb.OTHER;
    };
  }

  private static String target(URI uri) {
    Matcher node = NODE_OF.matcher("" + uri.getQuery());
    if (node.find()) {
      return node.group(1);
    }
    String[] parts = uri.getPath().replace("/eviction", "").replace("/status", "").split("/");
    return parts[parts.length - 1];
  }
}

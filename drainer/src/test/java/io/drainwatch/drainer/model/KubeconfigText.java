package io.drainwatch.drainer.model;

/** A kubeconfig of one server, in one context. */
final class KubeconfigText {
  private KubeconfigText() {}

  static String of(String url, String token) {
    return """
        apiVersion: v1
        kind: Config
        current-context: model
        contexts:
        - name: model
          context: {cluster: model, user: model}
        clusters:
        - name: model
          cluster: {server: "%s"}
        users:
        - name: model
          user: {token: %s}
        """
        .formatted(url, token);
  }
}

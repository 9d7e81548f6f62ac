package io.drainwatch.drainer.cluster;

import io.fabric8.kubernetes.client.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** fabric8's configuration: addresses, certificates, credentials, proxies. */
final class Configs {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private Configs() {}

  static Config of(ClusterConnection connection) {
    Config config =
        connection
            .kubeconfig()
            .map(file -> ofFile(file, connection.context().orElse(null)))
            .orElseGet(() -> Config.autoConfigure(connection.context().orElse(null)));
    if (config.getMasterUrl() == null || config.getMasterUrl().isBlank()) {
      throw new IllegalArgumentException("the kubeconfig names no API server");
    }
    config.setConnectionTimeout((int) CONNECT.toMillis());
    return config;
  }

  private static Config ofFile(Path file, @Nullable String context) {
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException("the kubeconfig " + file + " cannot be read");
    }
    try {
      return Config.fromKubeconfig(context, file.toFile());
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "the kubeconfig " + file + " cannot be used: " + Line.of(e), e);
    }
  }
}

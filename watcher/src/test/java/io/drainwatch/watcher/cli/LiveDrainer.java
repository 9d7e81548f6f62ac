package io.drainwatch.watcher.cli;

import io.drainwatch.drainer.model.ModelServer;
import io.drainwatch.watcher.Begun;
import io.drainwatch.watcher.DrainerApplication;
import io.drainwatch.watcher.azure.AzureResources;
import io.drainwatch.watcher.configuration.LoadedSettings;
import io.drainwatch.watcher.configuration.Reading;
import io.drainwatch.watcher.drainer.AzureSide;
import io.drainwatch.watcher.drainer.Drainer;
import io.drainwatch.watcher.drainer.DrainerSettings;
import io.drainwatch.watcher.http.ServerSettings;
import io.drainwatch.watcher.metrics.FleetMetrics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** What {@code drainwatch drainer} starts, against a model of a cluster behind a socket. */
final class LiveDrainer implements AutoCloseable {
  private final DrainerApplication application;

  private LiveDrainer(DrainerApplication application) {
    this.application = application;
  }

  /**
   * @param pod its name in the Lease
   */
  static LiveDrainer of(ModelServer server, Path directory, String pod) throws Exception {
    return of(server, directory, pod, InstantSource.system());
  }

  static LiveDrainer of(ModelServer server, Path directory, String pod, InstantSource clock)
      throws Exception {
    LoadedSettings loaded =
        LoadedSettings.load(
            Optional.of(configuration(server, directory, pod)), Map.of(), new Properties());
    return new LiveDrainer(started(loaded, clock));
  }

  static DrainerApplication started(LoadedSettings loaded, InstantSource clock) throws Exception {
    return switch (loaded.reading()) {
      case Reading.Faults faults -> throw new AssertionError(faults.message());
      case Reading.Read read ->
          DrainerApplication.start(
              new Drainer(
                  ConfiguredDrainer.settings(read.settings()),
                  clock,
                  System::nanoTime,
                  new FleetMetrics("1.2.3")),
              new ServerSettings("127.0.0.1", 0),
              loaded::applyTo,
              new Begun());
    };
  }

  /**
   * With drainwatch.azure.enabled; a Node need not be away for long until its VM is asked after.
   */
  static LiveDrainer asking(AzureResources azure, ModelServer server, Path directory)
      throws Exception {
    Path file = configuration(server, directory, "drainer-a");
    Files.writeString(file, "  azure: {enabled: true}\n", StandardOpenOption.APPEND);
    LoadedSettings loaded = LoadedSettings.load(Optional.of(file), Map.of(), new Properties());
    return switch (loaded.reading()) {
      case Reading.Faults faults -> throw new AssertionError(faults.message());
      case Reading.Read read -> {
        DrainerSettings settings = ConfiguredDrainer.settings(read.settings());
        DrainerSettings soon =
            new DrainerSettings(
                settings.connection(),
                settings.namespace(),
                settings.lease(),
                settings.holder(),
                settings.podUid(),
                settings.fleet(),
                settings.work().lookingForMachines(Duration.ofMillis(100)),
                settings.cleanup());
        yield new LiveDrainer(
            DrainerApplication.start(
                new Drainer(
                    soon,
                    InstantSource.system(),
                    System::nanoTime,
                    new FleetMetrics("1.2.3"),
                    (cluster, clock, metrics) ->
                        new AzureSide(
                            ConfiguredAzure.choice(read.settings()),
                            azure,
                            cluster,
                            clock,
                            metrics.ofAzure())),
                new ServerSettings("127.0.0.1", 0),
                loaded::applyTo,
                new Begun()));
      }
    };
  }

  static Path configuration(ModelServer server, Path directory, String pod) throws IOException {
    return Files.writeString(
        directory.resolve(pod + ".yml"),
        """
        micronaut:
          server:
            port: -1
        drainwatch:
          kubernetes:
            form: controller
            namespace: ops
            pod-name: %s
            kubeconfig: %s
            cordon:
              settle: 0s
            return:
              min-ready: 0s
        """
            .formatted(pod, server.writeKubeconfig(directory.resolve(pod + ".kubeconfig"))));
  }

  boolean isLeading() {
    return application.drainer().isLeading();
  }

  /**
   * @param headers a name, a value, and so on
   */
  HttpResponse<String> ask(String method, String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address().resolve(path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  URI address() {
    return application.address();
  }

  int status(String path) throws Exception {
    return ask("GET", path).statusCode();
  }

  /** The one series that begins so. */
  double metric(String series) throws Exception {
    return ask("GET", "/prometheus")
        .body()
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .sum();
  }

  @Override
  public void close() {
    application.close();
  }
}

package io.drainwatch.dist;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Makes the ahead-of-time cache of what runs on Kubernetes: {@code run} in form agent, which loads
 * most of what a drainer does too, goes through a Node's maintenance against the simulator and the
 * project's own model of an API server, and is asked what a kubelet and a Prometheus ask.
 */
public final class ClusterTraining {
  private static final String NODE = "vm-0";
  private static final String PASSWORD = "training";
  private static final Pattern SERVES = Pattern.compile("metrics on (http://\\S+:\\d+)");
  private static final Pattern GIVEN_BACK = Pattern.compile("(given back)");
  private static final List<String> ASKED =
      List.of("/health/liveness", "/health/readiness", "/prometheus");

  private final Path launcher;
  private final Path java;
  private final String model;
  private final Path work;

  /**
   * @param home where everything lies as it will be installed, but for the cache
   * @param model the jar that has the model
   * @param work emptied
   */
  public ClusterTraining(Path launcher, Path home, Path model, Path work) {
    this.launcher = launcher;
    this.java = home.resolve("runtime/bin/java");
    this.model = model + ":" + home.resolve("lib") + "/*";
    this.work = work;
  }

  public void makeCache(Path cache) throws IOException, InterruptedException {
    Staging.empty(work);
    Path recorded = work.resolve("recorded");
    Path kubeconfig = work.resolve("kubeconfig");
    try (Started cluster = cluster(kubeconfig);
        Started simulator = Started.simulator(launcher, NODE, work.resolve("simulator.log"))) {
      cluster.await(() -> Files.exists(kubeconfig));
      Path settings =
          Files.writeString(
              work.resolve("drainwatch.yml"), settings(simulator.metadata(), kubeconfig));
      ProcessBuilder program =
          Started.drainwatch(
              launcher, Cache.recording(recorded), "run", "--config", settings.toString());
      try (Started daemon = Started.start(program, work.resolve("daemon.log"))) {
        String address = daemon.says(SERVES);
        ask(address);
        cluster.says(GIVEN_BACK);
        ask(address);
        daemon.end();
      }
    }
    Cache.create(launcher, recorded, cache);
  }

  private Started cluster(Path kubeconfig) throws IOException, InterruptedException {
    Path keys = work.resolve("keys");
    Path certificate = work.resolve("certificate");
    makeKeys(keys, certificate);
    return Started.start(
        new ProcessBuilder(
            java.toString(),
            "-classpath",
            model,
            "io.drainwatch.drainer.model.ModelAlone",
            kubeconfig.toString(),
            NODE,
            keys.toString(),
            PASSWORD,
            certificate.toString()),
        work.resolve("cluster.log"));
  }

  /** Most of what a connection with TLS loads belongs to Java, and is nowhere else in a cache. */
  private static void makeKeys(Path keys, Path certificate)
      throws IOException, InterruptedException {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> common =
        List.of("-alias", "model", "-storepass", PASSWORD, "-keystore", keys.toString());
    List<String> make = new ArrayList<>(List.of(keytool, "-genkeypair", "-keyalg", "EC"));
    make.addAll(List.of("-dname", "CN=model", "-ext", "san=ip:127.0.0.1"));
    make.addAll(common);
    Processes.run(new ProcessBuilder(make));
    List<String> export = new ArrayList<>(List.of(keytool, "-exportcert", "-rfc"));
    export.addAll(List.of("-file", certificate.toString()));
    export.addAll(common);
    Processes.run(new ProcessBuilder(export));
  }

  /** Readiness may be denied. */
  private static void ask(String address) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String path : ASKED) {
        client.send(
            HttpRequest.newBuilder(URI.create(address + path)).build(),
            HttpResponse.BodyHandlers.discarding());
      }
    }
  }

  private String settings(String metadata, Path kubeconfig) throws IOException {
    return """
        drainwatch:
          metadata: {url: "%s"}
          state-dir: %s
          hooks: {directories: ['%s']}
          kubernetes:
            form: agent
            node-name: %s
            pod-name: trained
            namespace: default
            kubeconfig: %s
            cordon: {settle: 0s}
            return: {min-ready: 0s}
        micronaut: {server: {port: -1}}
        """
        .formatted(
            metadata,
            work.resolve("state"),
            Training.hooks(work.resolve("hooks")),
            NODE,
            kubeconfig);
  }
}

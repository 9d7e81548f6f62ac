package io.drainwatch.drainer.model;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The model as a program, until it is ended: for builds that have a daemon go through the
 * maintenance of a Node. Its pods stop when they are asked to, its kubelet reports each second.
 * With TLS, as every API server.
 */
public final class ModelAlone {
  private static final int PODS = 3;

  private final ModelServer server;
  private final String node;
  private boolean wasCordoned;

  private ModelAlone(ModelServer server, String node) {
    this.server = server;
    this.node = node;
  }

  /**
   * Says "given back" once the Node was cordoned and is as before.
   *
   * @param arguments the kubeconfig to write, the name of the Node, keys (PKCS 12) for 127.0.0.1
   *     and their password, and the certificate of those
   */
  @SuppressWarnings("FutureReturnValueIgnored")
  public static void main(String[] arguments) throws IOException, GeneralSecurityException {
    InstantSource clock = InstantSource.system();
    ModelServer server = ModelServer.by(clock, new ModelCluster(clock.instant()));
    String node = arguments[1];
    // of this machine, which the daemon compares with its own look
    String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    server.with(
        each -> {
          each.addNode(node);
          each.addNode("another");
          each.rebooted(node, boot);
          return each.replicaSet(
              "shop", "web", PODS, pod -> pod.stopsIn(Duration.ofSeconds(1)), node);
        });
    ModelAlone model = new ModelAlone(server, node);
    ScheduledExecutorService kubelet = Executors.newSingleThreadScheduledExecutor();
    kubelet.scheduleWithFixedDelay(model::look, 1, 1, TimeUnit.SECONDS);
    Path written = Path.of(arguments[0] + ".new");
    if (arguments.length > 2) {
      TlsFront front =
          new TlsFront(Path.of(arguments[2]), arguments[3], URI.create(server.url()).getPort());
      Files.writeString(
          written,
          KubeconfigText.of(
              "https://127.0.0.1:"
                  + front.port()
                  + "\", certificate-authority: \""
                  + Path.of(arguments[4]).toAbsolutePath(),
              "model"));
    } else {
      server.writeKubeconfig(written);
    }
    Files.move(written, Path.of(arguments[0]));
  }

  private void look() {
    boolean isCordoned =
        server.with(
            each -> {
              each.ready(node);
              return each.node(node).unschedulable()
                  || each.node(node).annotations().keySet().stream()
                      .anyMatch(key -> key.startsWith("drainwatch.io/maintenance"));
            });
    if (wasCordoned && !isCordoned) {
      System.out.println("given back");
    }
    wasCordoned = isCordoned;
  }
}

package io.drainwatch.watcher.bench;

import io.drainwatch.drainer.model.ShelfServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The drainer and many StatefulSets, each with claims and one ordinal too many: how long until all
 * are held and have their clean-up pod, what is asked for after that, and what the heap holds.
 */
final class ScaleDownScale {
  private static final String SETS = "/apis/apps/v1/namespaces/shop/statefulsets";
  private static final String CLAIMS = "/api/v1/namespaces/shop/persistentvolumeclaims";
  private static final String PODS = "/api/v1/namespaces/shop/pods";
  private static final Duration QUIET = Duration.ofSeconds(75);
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int BYTES_OF_A_TEMPLATE = 1_500;

  private ScaleDownScale() {}

  static List<String> measure(int sets, int claims) throws Exception {
    try (Workplace workplace = Workplace.create();
        ShelfServer server = new ShelfServer()) {
      for (int i = 0; i < sets; i++) {
        server.add(SETS, set("db" + i, claims - 1));
        for (int ordinal = 0; ordinal < claims; ordinal++) {
          server.add(CLAIMS, claim("data-db" + i + "-" + ordinal));
        }
      }
      String settings =
          """
          drainwatch:
            kubernetes: {form: controller, namespace: ops, pod-name: drainer, kubeconfig: %s}
            scale-down: {enabled: true, namespaces: [shop]}
          micronaut: {server: {port: -1}}
          """
              .formatted(server.writeKubeconfig(workplace.path().resolve("kubeconfig")));
      try (DaemonProcess drainer = DaemonProcess.start(workplace, "drainer", "128m", settings)) {
        long begun = await(() -> server.requests().contains("GET " + SETS));
        long done =
            await(
                () -> server.requests().stream().filter(("POST " + PODS)::equals).count() == sets);
        long requests = ofTheCleanUp(server);
        TimeUnit.SECONDS.sleep(5);
        server.forgetRequests();
        TimeUnit.MILLISECONDS.sleep(QUIET.toMillis());
        return List.of(
            "scale-down, %d sets with %d claims: first reconcile %s, %d requests"
                .formatted(
                    sets, claims, Bench.milliseconds(Duration.ofNanos(done - begun)), requests),
            "scale-down, then %d s: %d requests".formatted(QUIET.toSeconds(), ofTheCleanUp(server)),
            "scale-down: "
                + drainer.line()
                + ", heap used "
                + drainer.heapUsedKilobytes() / 1024
                + " MiB of 128");
      }
    }
  }

  /** Without watches and Leases. */
  private static long ofTheCleanUp(ShelfServer server) {
    return server.requests().stream()
        .filter(each -> each.contains("/namespaces/shop/") && !each.contains("/events"))
        .filter(each -> !each.equals("GET " + SETS))
        .filter(each -> !each.equals("GET " + CLAIMS))
        .filter(each -> !each.equals("GET " + PODS))
        .count();
  }

  private interface Condition {
    boolean holds();
  }

  private static long await(Condition condition) throws InterruptedException {
    long limit = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds() && System.nanoTime() < limit) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return System.nanoTime();
  }

  private static String set(String name, int replicas) {
    return """
        {"kind":"StatefulSet","apiVersion":"apps/v1","metadata":{"name":"%s","annotations":{
        "drainwatch.io/scaledown-pod-template":
        "{\\"spec\\":{\\"containers\\":[{\\"name\\":\\"c\\",\\"image\\":\\"i\\",\\"command\\":[\\"%s\\"]}]}}"}},
        "spec":{"replicas":%d,"selector":{"matchLabels":{"app":"%1$s"}},
        "template":{"spec":{"containers":[{"name":"db"}]}},
        "volumeClaimTemplates":[{"metadata":{"name":"data"}}]}}"""
        .formatted(name, "x".repeat(BYTES_OF_A_TEMPLATE), replicas);
  }

  private static String claim(String name) {
    return """
        {"kind":"PersistentVolumeClaim","apiVersion":"v1","metadata":{"name":"%s","labels":{"app":"db"}},
        "spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}}}"""
        .formatted(name);
  }
}

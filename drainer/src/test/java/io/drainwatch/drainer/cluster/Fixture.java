package io.drainwatch.drainer.cluster;

import io.drainwatch.drainer.evictions.EvictablePod;
import io.drainwatch.drainer.evictions.EvictionRequest;
import io.drainwatch.drainer.evictions.Pods;
import io.fabric8.kubernetes.client.Config;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** What the tests of the wire have in common. */
final class Fixture {
  static final ClusterConnection CONNECTION =
      ClusterConnection.found("drainwatch.io/drainer", "drainer-0");
  static final WatchTimes QUICK =
      new WatchTimes(
          Duration.ofMillis(5),
          Duration.ofMillis(20),
          Duration.ofHours(1),
          Duration.ofMillis(50),
          Duration.ofMinutes(5),
          Duration.ofMinutes(5));

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Fixture() {}

  static Config config(ApiDouble api) {
    Config config = Config.empty();
    config.setMasterUrl(api.address() + "/");
    config.setAutoOAuthToken("token-1");
    config.setAutoConfigure(false);
    return config;
  }

  static FabricCluster cluster(ApiDouble api) {
    return cluster(api, Duration.ofSeconds(10), QUICK);
  }

  static FabricCluster cluster(ApiDouble api, Duration limit, WatchTimes times) {
    return new FabricCluster(config(api), CONNECTION, InstantSource.system(), limit, times);
  }

  static EvictablePod pod(String name) {
    return pod(name, Optional.empty());
  }

  static EvictablePod pod(String name, Optional<String> onlyAtVersion) {
    return Pods.named("uid-" + name, "shop", name, onlyAtVersion);
  }

  static EvictionRequest.Evict evict(String name) {
    return new EvictionRequest.Evict(pod(name), 1, Optional.empty());
  }

  static String status(int code, String reason, String message) {
    return """
    {"kind":"Status","apiVersion":"v1","status":"Failure","reason":"%s","code":%d,"message":"%s"}\
    """
        .formatted(reason, code, message);
  }

  static String absent(String kind, String name) {
    return """
    {"kind":"Status","apiVersion":"v1","status":"Failure","reason":"NotFound","code":404,
    "message":"%1$s \\"%2$s\\" not found","details":{"kind":"%1$s","name":"%2$s"}}\
    """
        .formatted(kind, name);
  }

  static String node(String name, int version) {
    return """
    {"kind":"Node","apiVersion":"v1","metadata":{"name":"%s","uid":"uid-%s","resourceVersion":"%d",
    "labels":{"pool":"a"},"managedFields":[{"manager":"kubelet","fieldsV1":{"f:status":{}}}]},
    "spec":{},"status":{"images":[{"names":["registry/big:1"],"sizeBytes":123456789012}],
    "nodeInfo":{"bootID":"boot-1"}}}\
    """
        .formatted(name, name, version);
  }

  static String aPod(String name) {
    return """
    {"metadata":{"name":"%s","namespace":"shop","uid":"uid-%s","resourceVersion":"7"},
    "spec":{"nodeName":"n1","containers":[{"name":"c"}]},"status":{"phase":"Running"}}\
    """
        .formatted(name, name);
  }

  static String list(String kind, int version, String next, String... items) {
    return """
    {"kind":"%s","apiVersion":"v1","metadata":{"resourceVersion":"%d","continue":"%s"},"items":[%s]}\
    """
        .formatted(kind, version, next, String.join(",", items));
  }

  static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    if (next == null) {
      throw new AssertionError("nothing came within " + PATIENCE);
    }
    return next;
  }

  static <T> T until(BlockingQueue<T> queue, Predicate<T> wanted) throws InterruptedException {
    T each = next(queue);
    while (!wanted.test(each)) {
      each = next(queue);
    }
    return each;
  }
}

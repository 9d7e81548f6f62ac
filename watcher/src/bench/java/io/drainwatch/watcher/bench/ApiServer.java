package io.drainwatch.watcher.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The API server of a bench with one Node, whose pods take a second to stop. */
interface ApiServer extends AutoCloseable {
  Duration GRACE = Duration.ofSeconds(1);

  /** The real one that {@code KUBECONFIG} names; without it the project's own model. */
  static ApiServer ofEnvironment() throws IOException {
    String file = System.getenv().getOrDefault("KUBECONFIG", "");
    return file.isBlank() ? new ModelApiServer() : new RealApiServer(Path.of(file));
  }

  /** As the kubelet of this machine would say it, which the daemons compare with their own look. */
  static String bootId() throws IOException {
    return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
  }

  /** For people. */
  String words();

  String node();

  /** Where the drainer's Lease is to be. */
  String namespace();

  /**
   * @param directory where it may be written
   */
  Path kubeconfig(Path directory) throws IOException;

  /** More pods on the Node. */
  void pods(int count);

  boolean isEmpty();

  boolean isCordoned();

  boolean hasRecord();

  Optional<Instant> cordonedSince(Instant moment);

  Optional<Instant> evictedSince(Instant moment);

  /**
   * How many requests there were, without watches, Events and Leases; by kind. Empty: this server
   * does not tell.
   */
  Optional<String> requests(Instant from, Instant to);

  void uncordon();

  /** The kubelet reports. */
  void ready();

  @Override
  void close();
}

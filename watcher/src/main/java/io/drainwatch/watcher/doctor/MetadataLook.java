package io.drainwatch.watcher.doctor;

import io.drainwatch.watcher.events.Identity;
import io.drainwatch.watcher.events.MetadataClient;
import io.drainwatch.watcher.events.MetadataSettings;
import io.drainwatch.watcher.events.Poll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Shell: asks the metadata service who this VM is and, if it answers, for its events. That switches
 * scheduled events on for the VM, as the daemon's first question would.
 */
final class MetadataLook {
  private static final String AZURE_ASSET_TAG = "7783-7084-3265-9085-8269-3286-77";
  private static final List<String> PROXY =
      List.of("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY");

  private final Path root;
  private final Map<String, String> environment;
  private final InstantSource clock;
  private final LongSupplier nanoseconds;

  MetadataLook(
      Path root, Map<String, String> environment, InstantSource clock, LongSupplier nanoseconds) {
    this.root = root;
    this.environment = environment;
    this.clock = clock;
    this.nanoseconds = nanoseconds;
  }

  MetadataFacts at(MetadataSettings settings) {
    try (MetadataClient client = new MetadataClient(settings, clock, nanoseconds)) {
      long start = nanoseconds.getAsLong();
      Identity identity = client.identity();
      Duration identityTook = since(start);
      Optional<MetadataFacts.Polled> poll =
          identity instanceof Identity.Found ? Optional.of(poll(client)) : Optional.empty();
      String host = settings.base().getHost();
      boolean needsRoute = host.matches("\\d+\\.\\d+\\.\\d+\\.\\d+") && !host.startsWith("127.");
      return new MetadataFacts(
          settings.base(),
          isAzure(),
          needsRoute,
          needsRoute ? route(host) : Optional.empty(),
          identity,
          identityTook,
          poll,
          client.status(),
          PROXY.stream().filter(environment::containsKey).toList());
    }
  }

  private MetadataFacts.Polled poll(MetadataClient client) {
    long start = nanoseconds.getAsLong();
    Poll poll = client.poll();
    return new MetadataFacts.Polled(poll.result(), since(start));
  }

  private Duration since(long start) {
    return Duration.ofNanos(Math.max(0, nanoseconds.getAsLong() - start));
  }

  private Optional<Boolean> isAzure() {
    return read("sys/class/dmi/id/chassis_asset_tag")
        .map(tag -> tag.strip().equals(AZURE_ASSET_TAG));
  }

  private Optional<String> route(String host) {
    return read("proc/net/route").flatMap(table -> RouteTable.interfaceFor(table, host));
  }

  private Optional<String> read(String path) {
    try {
      return Optional.of(Files.readString(root.resolve(path)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}

package io.drainwatch.dist;

import java.nio.file.Files;
import java.nio.file.Path;

/** Started by watcher/dist/pom.xml. Says on standard output how large it is. */
final class BuildDistribution {
  private BuildDistribution() {}

  public static void main(String[] arguments) throws Exception {
    build(Order.fromProperties());
  }

  static void build(Order order) throws Exception {
    Staging staging = new Staging(order);
    staging.build();
    new Training(order.home(), order.directory().resolve("training")).makeCache();
    staging.settle();
    Archive.write(order.home(), order.name(), order.time(), order.archive());
    Archive.writeChecksum(order.archive());
    say(order.home().resolve("lib/drainwatch.aot"));
    say(order.archive());
  }

  private static void say(Path file) throws Exception {
    System.out.printf("%5.1f MiB %s%n", Files.size(file) / 1048576.0, file);
  }
}

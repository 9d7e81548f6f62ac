package io.drainwatch.dist;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Started by watcher/dist/pom.xml. Says on standard output how large it is. */
final class BuildDistribution {
  private BuildDistribution() {}

  public static void main(String[] arguments) throws Exception {
    build(Order.fromProperties());
  }

  static void build(Order order) throws Exception {
    Staging staging = new Staging(order);
    staging.build();
    new Training(
            order.home().resolve("bin/drainwatch"),
            order.home().resolve("lib/drainwatch.jsa"),
            order.directory().resolve("training"))
        .makeCache();
    staging.settle();
    Archive.write(order.home(), order.name(), order.time(), order.archive());
    new DebianPackage(order).write(order.debianPackage());
    List<Path> made = new ArrayList<>(List.of(order.archive(), order.debianPackage()));
    Files.deleteIfExists(order.bill());
    if (!order.bills().isEmpty()) {
      made.add(Files.copy(order.home().resolve(Bill.NAME), order.bill()));
    }
    say(order.home().resolve("lib/drainwatch.jsa"));
    for (Path each : made) {
      Archive.writeChecksum(each);
      say(each);
    }
  }

  private static void say(Path file) throws Exception {
    System.out.printf("%5.1f MiB %s%n", Files.size(file) / 1048576.0, file);
  }
}

package io.drainwatch.watcher.daemon;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The cases of a test that mostly waits, several at a time; each has a directory of its own. */
final class SideBySide<P extends Enum<P>> implements AutoCloseable {
  private final ExecutorService several;
  private final Map<P, Future<?>> runs;

  /** One case, from its beginning to what it asserts. */
  interface Case<P> {
    void live(Path place, P point) throws Exception;
  }

  private SideBySide(Class<P> points, int atATime) {
    several = Executors.newFixedThreadPool(atATime);
    runs = new EnumMap<>(points);
  }

  static <P extends Enum<P>> SideBySide<P> begin(
      Class<P> points, int atATime, Path directory, Case<P> each) {
    SideBySide<P> all = new SideBySide<>(points, atATime);
    for (P point : points.getEnumConstants()) {
      all.runs.put(
          point,
          all.several.submit(
              () -> {
                each.live(Files.createDirectory(directory.resolve(point.name())), point);
                return null;
              }));
    }
    return all;
  }

  /** Waits for it, and fails as it does. */
  void isThrough(P point) throws Exception {
    runs.get(point).get();
  }

  @Override
  public void close() {
    several.shutdownNow();
  }
}

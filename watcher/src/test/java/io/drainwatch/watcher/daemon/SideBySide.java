package io.drainwatch.watcher.daemon;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The cases of a test that mostly waits, several at a time; each has a directory of its own. */
final class SideBySide<P extends Enum<P>> implements AutoCloseable {
  private final ExecutorService several;
  private final Map<P, Future<?>> runs = new LinkedHashMap<>();

  /** One case, from its beginning to what it asserts. */
  interface Case<P> {
    void live(Path place, P point) throws Exception;
  }

  private SideBySide(int atATime) {
    several = Executors.newFixedThreadPool(atATime);
  }

  static <P extends Enum<P>> SideBySide<P> begin(
      Collection<P> points, int atATime, Path directory, Case<P> each) {
    SideBySide<P> all = new SideBySide<>(atATime);
    for (P point : points) {
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

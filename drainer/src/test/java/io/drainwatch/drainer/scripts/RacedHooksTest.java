package io.drainwatch.drainer.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Between the look at a script and its start lies a moment. It can be used by nobody, because every
 * place on the way can be changed by root and the daemon's user alone: a way that leads through any
 * other is refused whatever it shows just then.
 */
@Timeout(60)
class RacedHooksTest {
  private static final int LOOKS = 1_000;

  @Test
  @DisplayName("H04 whoever swaps what a link leads to, again and again, never gets past the look")
  void isNeverSafeByBeingQuick(@TempDir Path temporary) throws Exception {
    ScriptFixtures scripts = ScriptFixtures.in(temporary);
    Path good = scripts.script(scripts.root().resolve("good"), "x", "exit 0");
    Path bad = scripts.script(scripts.root().resolve("bad"), "x", "touch ran");
    Path dropBox = ScriptFixtures.directory(scripts.root().resolve("drop-box"));
    Path current = Files.createSymbolicLink(dropBox.resolve("x"), good);
    Path hook =
        Files.createSymbolicLink(
            ScriptFixtures.directory(scripts.root().resolve("hooks")).resolve("x"), current);
    assertThat(scripts.safetyCheck().refuses(hook)).as("nobody else may write there").isEmpty();
    ScriptFixtures.mode(dropBox, "rwxrwxrwx");
    AtomicBoolean enough = new AtomicBoolean();
    AtomicInteger swaps = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(1);
    Thread other =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!enough.get()) {
                    swap(current, swaps.incrementAndGet() % 2 == 0 ? good : bad);
                    begun.countDown();
                  }
                });
    try {
      begun.await();
      for (int i = 0; i < LOOKS; i++) {
        assertThat(scripts.safetyCheck().refuses(hook))
            .hasValueSatisfying(
                refusal ->
                    assertThat(refusal.reason()).isEqualTo(Refusal.Reason.WRITABLE_BY_OTHERS));
      }
    } finally {
      enough.set(true);
      other.join();
    }
    assertThat(swaps).hasPositiveValue();
  }

  private static void swap(Path link, Path target) {
    try {
      Path next = link.resolveSibling("next");
      Files.createSymbolicLink(next, target);
      Files.move(next, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

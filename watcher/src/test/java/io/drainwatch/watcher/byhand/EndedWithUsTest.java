package io.drainwatch.watcher.byhand;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.ScriptOutcome;
import io.drainwatch.drainer.scripts.RunningScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class EndedWithUsTest {
  private final List<Duration> graces = new ArrayList<>();
  private final CompletableFuture<ScriptOutcome> ended = new CompletableFuture<>();
  private final RunningScript script =
      new RunningScript() {
        @Override
        public OptionalLong pid() {
          return OptionalLong.of(1);
        }

        @Override
        public void end(Duration grace) {
          graces.add(grace);
          ended.complete(new ScriptOutcome.Ended(true));
        }
      };

  @Test
  void theEndOfTheProcessIsTheEndOfTheScript() {
    try (EndedWithUs open = new EndedWithUs(script, ended)) {
      open.end(); // what the shutdown hook does
    }

    assertThat(graces).containsExactly(Duration.ofSeconds(3));
  }

  @Test
  void aScriptThatIsOverIsLeftAlone() {
    new EndedWithUs(script, ended).close();

    assertThat(graces).isEmpty();
  }
}

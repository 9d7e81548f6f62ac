package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Hook;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a script is given and how its end is read (drain-scripts.md 1.3, 1.4), end to end. */
@Timeout(60)
class HookCallTest {
  private TestVm vm;

  @BeforeEach
  void makeVm(@TempDir Path directory) {
    vm = TestVm.in(directory);
  }

  @AfterEach
  void closeVm() {
    vm.close();
  }

  @Test
  @DisplayName("H07 a script is told hook and disposition, and reads on stdin what is in the file")
  void passesTheContext() {
    vm.hook(
            Hook.DRAIN,
            "10-a",
            "echo $1 $2; cat > stdin; cmp stdin \"$DRAIN_CONTEXT_FILE\" && echo same")
        .start();

    vm.endOnceStarted(vm.publish("Redeploy"));

    assertThat(vm.seen().said(Hook.DRAIN, "10-a")).containsExactly("drain recreated", "same");
  }
}

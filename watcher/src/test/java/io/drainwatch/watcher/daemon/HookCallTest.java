package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drainwatch.drainer.maintenance.Hook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
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

  @Test
  @DisplayName("H08 a script that ignores its stdin ends, with a context of 200 kB")
  void doesNotHangOnALargeContext() {
    vm.hook(Hook.DRAIN, "10-a", "wc -c < \"$DRAIN_CONTEXT_FILE\"").start();

    String id = vm.publish(TestVm.event("Reboot").on(aThousandVms()));
    vm.seen().await("state Drained");
    vm.simulator().startNow(id);
    vm.endOnceStarted(id);

    assertThat(vm.seen().said(Hook.DRAIN, "10-a"))
        .singleElement()
        .satisfies(bytes -> assertThat(Integer.parseInt(bytes)).isGreaterThan(200_000));
  }

  private static List<String> aThousandVms() {
    return IntStream.range(0, 1_000)
        .mapToObj(i -> i == 0 ? TestVm.NAME : "v".repeat(200) + i)
        .toList();
  }

  @Test
  @DisplayName("H10 the exit code counts, not what is printed")
  void goesByTheExitCode() {
    vm.hook(Hook.STARTED, "10-zero", "echo 0; exit 1")
        .hook(Hook.STARTED, "20-hello", "echo hello")
        .start();

    String id = vm.publish("Reboot");
    vm.seen().await("end started/20-hello"); // else the end of the event may end the script
    vm.endOnceStarted(id);

    assertThat(vm.seen().lines())
        .contains("end started/10-zero #1: 1", "notify HOOK_FAILED started/10-zero: exit code 1")
        .contains("end started/20-hello #1: 0")
        .doesNotContain("notify HOOK_FAILED started/20-hello: exit code 0");
  }

  @Test
  @DisplayName("H18 nothing of the daemon's environment arrives that is not a script's business")
  void keepsTheEnvironmentClean() {
    List<String> kept =
        List.of("DRAIN_X", "LD_PRELOAD", "JAVA_TOOL_OPTIONS", "NOTIFY_SOCKET", "MY_TOKEN");
    kept.forEach(name -> vm.environment(name, "inherited"));
    vm.environment("HARMLESS", "inherited").hook(Hook.DRAIN, "10-a", "env").start();

    vm.endOnceStarted(vm.publish("Reboot"));

    assertThat(vm.seen().said(Hook.DRAIN, "10-a"))
        .contains("HARMLESS=inherited", "DRAIN_HOOK=drain")
        .noneMatch(line -> kept.stream().anyMatch(name -> line.startsWith(name + "=")));
  }

  @Test
  @DisplayName("H19 what stands in an event is data: never expanded, cleaned and cut")
  void treatsEventTextsAsData() throws Exception {
    vm.hook(Hook.DRAIN, "10-a", "echo \"$DRAIN_EVENT_TYPE\"; cat > stdin").start();

    String id =
        vm.publish(
            TestVm.event("Odd $(touch pwned)\n`touch pwned`\u0000!")
                .description("$(touch pwned)\n\u0000" + "d".repeat(10_000)));
    vm.seen().await("end drain/10-a #1: 0");
    vm.simulator().startNow(id);
    vm.endOnceStarted(id);

    assertThat(vm.work().resolve("pwned")).doesNotExist();
    assertThat(vm.seen().said(Hook.DRAIN, "10-a"))
        .containsExactly("Odd $(touch pwned)`touch pwned`!");
    JsonNode event =
        new ObjectMapper().readTree(Files.readString(vm.work().resolve("stdin"))).path("event");
    assertThat(event.path("description").asText())
        .startsWith("$(touch pwned)d")
        .hasSizeLessThanOrEqualTo(1_024);
    assertThat(vm.posts()).as("an unknown type is never acknowledged").isEmpty();
  }

  @Test
  @DisplayName("H23 a child that keeps stdout open holds nothing up and is left alone")
  void doesNotWaitForChildrenLeftBehind() throws Exception {
    vm.hook(Hook.DRAIN, "10-a", "sleep 300 & echo $! > child; echo done").start();

    vm.endOnceStarted(vm.publish("Reboot"));

    long child = Long.parseLong(Files.readString(vm.work().resolve("child")).strip());
    ProcessHandle left = ProcessHandle.of(child).orElseThrow();
    assertThat(left.isAlive()).isTrue();
    left.destroyForcibly();
    assertThat(vm.seen().said(Hook.DRAIN, "10-a")).containsExactly("done");
    assertThat(vm.posts()).hasSize(1);
  }
}

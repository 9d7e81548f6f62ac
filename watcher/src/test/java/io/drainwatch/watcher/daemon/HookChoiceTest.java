package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.drainwatch.drainer.scripts.ScriptNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which files of the hook directories run (drain-scripts.md 1.1, 1.2), end to end. */
@Timeout(60)
class HookChoiceTest {
  private TestVm vm;
  private Path operator;
  private Path vendor;

  @BeforeEach
  void makeVm(@TempDir Path directory) {
    vm = TestVm.in(directory);
    operator = vm.scripts().operator().resolve("drain");
    vendor = vm.scripts().vendor().resolve("drain");
  }

  @AfterEach
  void closeVm() {
    vm.close();
  }

  @Test
  @DisplayName("H01 of two equal names only the operator's runs, once")
  void prefersTheOperatorsScript() {
    vm.scripts().script(operator, "10-a", "echo operator");
    vm.scripts().script(vendor, "10-a", "echo vendor");

    maintain();

    assertThat(vm.seen().lines("said")).containsExactly("said drain/10-a: operator");
  }

  @Test
  @DisplayName("H01 a link to /dev/null in the operator's directory masks the vendor's script")
  void masksTheVendorsScript() throws IOException {
    vm.scripts().script(vendor, "10-a", "echo vendor");
    vm.scripts().script(operator, "20-b", "echo b");
    Files.createSymbolicLink(operator.resolve("10-a"), Path.of("/dev/null"));

    maintain();

    assertThat(vm.seen().lines("said")).containsExactly("said drain/20-b: b");
    assertThat(vm.posts()).as("nothing has failed").hasSize(1);
  }

  @Test
  @DisplayName("H02 scripts of both directories run in the order of their names' bytes")
  void runsInTheOrderOfBytes() {
    vm.scripts().script(operator, "a", "echo a");
    vm.scripts().script(vendor, "B", "echo B");
    vm.scripts().script(operator, "2-a", "echo 2-a");
    vm.scripts().script(vendor, "10-b", "echo 10-b");

    maintain();

    assertThat(vm.seen().lines("start drain/"))
        .containsExactly(
            "start drain/10-b #1", "start drain/2-a #1", "start drain/B #1", "start drain/a #1");
  }

  @ParameterizedTest(name = "H03 leftovers of editors and packages do not run, names: {0}")
  @EnumSource(ScriptNames.class)
  void skipsWhatIsNoScript(ScriptNames names) throws IOException {
    for (String name :
        List.of("x.sh", ".x", "x~", "x.bak", "x.rpmnew", "x.dpkg-old", "x.disabled", "plain")) {
      vm.scripts().script(operator, name, "echo " + name);
    }
    Files.setPosixFilePermissions(
        operator.resolve("plain"), PosixFilePermissions.fromString("rw-r--r--"));

    vm.names(names);
    maintain();

    List<String> runs = names == ScriptNames.ANY ? List.of("said drain/x.sh: x.sh") : List.of();
    assertThat(vm.seen().lines("said")).isEqualTo(runs);
    assertThat(vm.posts()).as("what is skipped has not failed").hasSize(1);
  }

  /** Files that must not run, and what is said of them. */
  enum Bad {
    FOREIGN_OWNER("H04"),
    GROUP_WRITABLE("H04"),
    WORLD_WRITABLE_DIRECTORY("H04"),
    SETUID("H04"),
    LINK_INTO_A_WORLD_WRITABLE_DIRECTORY("H04"),
    NO_INTERPRETER_LINE("H05"),
    EMPTY("H05"),
    CARRIAGE_RETURN("H05"),
    MISSING_INTERPRETER("H05"),
    DIRECTORY("H06"),
    DANGLING_LINK("H06"),
    FIFO("H06");

    private final String row;

    Bad(String row) {
      this.row = row;
    }

    @Override
    public String toString() {
      return row + " " + name();
    }
  }

  @ParameterizedTest(name = "{0} is refused: the hook has failed, the others run")
  @EnumSource(Bad.class)
  void refusesWhatIsNotSafe(Bad bad) throws Exception {
    vm.scripts().script(operator, "10-before", "echo before");
    vm.scripts().script(operator, "30-after", "echo after");
    make(bad, operator.resolve("20-bad"));

    vm.start();
    String id = vm.publish("Reboot");
    vm.seen().await("notify DRAIN_FAILED");
    vm.simulator().startNow(id);
    vm.endOnceStarted(id);

    assertThat(vm.seen().lines("said"))
        .containsExactly("said drain/10-before: before", "said drain/30-after: after");
    assertThat(vm.seen().lines("notify HOOK_FAILED drain/20-bad: ")).isNotEmpty();
    assertThat(vm.posts()).isEmpty();
  }

  private void make(Bad bad, Path file) throws Exception {
    Path elsewhere = vm.scripts().root().resolve("elsewhere");
    switch (bad) {
      case FOREIGN_OWNER -> {
        script(file);
        boolean changed =
            new ProcessBuilder("chown", "12345", file.toString()).start().waitFor() == 0;
        assumeTrue(changed, "only root can give a file away");
      }
      case GROUP_WRITABLE -> mode(script(file), "rwxrwxr-x");
      case WORLD_WRITABLE_DIRECTORY -> {
        vm.scripts().script(elsewhere, "20-bad", "echo bad");
        run("chmod", "1777", elsewhere.toString());
        Files.createSymbolicLink(file, elsewhere.resolve("20-bad"));
      }
      case LINK_INTO_A_WORLD_WRITABLE_DIRECTORY -> {
        vm.scripts().script(elsewhere, "target", "echo bad");
        Files.createSymbolicLink(elsewhere.resolve("link"), Path.of("target"));
        mode(elsewhere, "rwxrwxrwx");
        Files.createSymbolicLink(file, elsewhere.resolve("link"));
      }
      case SETUID -> run("chmod", "4755", script(file).toString());
      case NO_INTERPRETER_LINE -> content(file, "echo bad\n");
      case EMPTY -> content(file, "");
      case CARRIAGE_RETURN -> content(file, "#!/bin/sh\r\necho bad\r\n");
      case MISSING_INTERPRETER -> content(file, "#!/no/such/interpreter\n");
      case DIRECTORY -> Files.createDirectory(file);
      case DANGLING_LINK -> Files.createSymbolicLink(file, Path.of("/no/such/file"));
      case FIFO -> run("mkfifo", "-m", "755", file.toString());
    }
  }

  @Test
  @DisplayName("H05 a program without interpreter line runs")
  void runsAProgram() throws IOException {
    vm.scripts().script(operator, "20-after", "echo after");
    Files.copy(Path.of("/bin/true").toRealPath(), operator.resolve("10-program"));
    mode(operator.resolve("10-program"), "rwxr-xr-x");

    maintain();

    assertThat(vm.seen().lines("end drain/10-program"))
        .containsExactly("end drain/10-program #1: 0");
    assertThat(vm.posts()).hasSize(1);
  }

  private void maintain() {
    vm.start();
    vm.endOnceStarted(vm.publish("Reboot"));
  }

  private Path script(Path file) {
    return vm.scripts().script(file.getParent(), file.getFileName().toString(), "echo bad");
  }

  private void content(Path file, String content) {
    vm.scripts().file(file.getParent(), file.getFileName().toString(), content);
  }

  private static void mode(Path file, String permissions) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private static void run(String... command) throws Exception {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}

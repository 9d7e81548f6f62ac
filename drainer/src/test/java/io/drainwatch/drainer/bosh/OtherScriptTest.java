package io.drainwatch.drainer.bosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** pre-stop, post-stop, pre-start and post-start (drain-scripts.md 3.4), in real processes. */
@Timeout(60)
class OtherScriptTest {

  private BoshFixture bosh;

  @BeforeEach
  void makeTree(@TempDir Path temporary) {
    bosh = new BoshFixture(temporary);
  }

  @Test
  @DisplayName("B27 the log directory cannot be made: that error, not run")
  void needsItsLogDirectory() throws Exception {
    bosh.script("a", BoshScript.PRE_STOP, "touch ran");
    Files.createDirectories(bosh.base.resolve("sys"));
    Files.createFile(bosh.base.resolve("sys/log"));

    assertThat(failure(BoshScript.PRE_STOP)).contains("sys/log").startsWith("cannot start");
    assertThat(bosh.work().resolve("ran")).doesNotExist();
  }

  @Test
  @DisplayName("B28 a log file cannot be opened: that error, not run")
  void needsItsLogFile() throws Exception {
    bosh.script("a", BoshScript.PRE_STOP, "touch ran");
    Files.createDirectories(bosh.log("a", "pre-stop.stderr.log"));

    assertThat(failure(BoshScript.PRE_STOP)).contains("pre-stop.stderr.log");
    assertThat(bosh.work().resolve("ran")).doesNotExist();
  }

  @Test
  @DisplayName("B28 a log file that is a link or a FIFO is not followed, and hangs nobody")
  void writesToFilesOnly() throws Exception {
    bosh.script("a", BoshScript.PRE_STOP, "echo hello");
    Path log = bosh.log("a", "pre-stop.stdout.log");
    Files.createDirectories(log.getParent());
    Path precious = Files.createFile(bosh.work().resolve("precious"));
    Files.createSymbolicLink(log, precious);
    assertThat(failure(BoshScript.PRE_STOP)).contains("not a regular file");
    assertThat(precious).isEmptyFile();

    Files.delete(log);
    bosh.fifo("pipe");
    Files.move(bosh.work().resolve("pipe"), log);
    assertThat(failure(BoshScript.PRE_STOP)).contains("not a regular file");
  }

  @ParameterizedTest(name = "B29 {0} gets PATH, no arguments, empty stdin")
  @EnumSource(names = {"PRE_STOP", "POST_STOP", "PRE_START", "POST_START"})
  void getsPath(BoshScript kind) throws Exception {
    bosh.script("a", kind, "echo \"$# $PATH\"; readlink /proc/self/fd/0; env | grep ^BOSH | sort");

    assertThat(bosh.others(kind).run().failure()).isEmpty();

    String log = Files.readString(bosh.log("a", kind.word() + ".stdout.log"));
    String told =
        kind == BoshScript.PRE_STOP
            ? "BOSH_DEPLOYMENT_NEXT_STATE=keep\n"
                + "BOSH_INSTANCE_NEXT_STATE=keep\n"
                + "BOSH_VM_NEXT_STATE=keep\n"
            : "";
    assertThat(log).isEqualTo("0 /usr/sbin:/usr/bin:/sbin:/bin\n/dev/null\n" + told);
  }

  @ParameterizedTest(name = "B31 exit {0}: both logs are written")
  @ValueSource(ints = {0, 1})
  void writesLogs(int code) throws Exception {
    bosh.script("a", BoshScript.POST_STOP, "echo out; echo err >&2; exit " + code);

    Optional<String> failure = bosh.others(BoshScript.POST_STOP).run().failure();

    assertThat(failure.isPresent()).isEqualTo(code != 0);
    assertThat(bosh.log("a", "post-stop.stdout.log")).hasContent("out\n");
    assertThat(bosh.log("a", "post-stop.stderr.log")).hasContent("err\n");

    bosh.others(BoshScript.POST_STOP).run();
    assertThat(bosh.log("a", "post-stop.stdout.log")).hasContent("out\nout\n");
  }

  @Test
  void makesLogsOthersCannotRead() throws Exception {
    bosh.script("a", BoshScript.POST_STOP, "exit 0");
    bosh.others(BoshScript.POST_STOP).run();

    assertThat(permissions(bosh.log("a", "post-stop.stdout.log"))).isEqualTo("rw-r-----");
    assertThat(permissions(bosh.log("a", "post-stop.stderr.log"))).isEqualTo("rw-r-----");
    assertThat(permissions(bosh.log("a", "x").getParent())).isEqualTo("rwxr-x---");
    assertThat(permissions(bosh.base.resolve("sys"))).isEqualTo("rwxr-x---");
  }

  @Test
  void jobsShareTheDirectoriesTheyMake() throws Exception {
    for (int i = 0; i < 8; i++) {
      bosh.script("job-" + i, BoshScript.PRE_START, "exit 0");
    }
    assertThat(bosh.others(BoshScript.PRE_START).run().failure()).isEmpty();
  }

  @Test
  @DisplayName("niceness is 5 more for these four from the first instruction, 0 more for drain")
  void isNicerThanADrain() throws Exception {
    String ownNiceness = "awk '{print $19}' /proc/self/stat > ";
    bosh.script("a", BoshScript.PRE_START, ownNiceness + "nice");
    bosh.drain("a", ownNiceness + "plain; echo 0");

    assertThat(bosh.others(BoshScript.PRE_START).run().failure()).isEmpty();
    assertThat(bosh.drains().run().failure()).isEmpty();

    int plain = Integer.parseInt(bosh.read("plain").strip());
    int nice = Integer.parseInt(bosh.read("nice").strip());
    assertThat(nice).isEqualTo(Math.min(19, plain + 5));
    assertThat(plain).isEqualTo(niceness());
  }

  private static int niceness() throws IOException {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[16]);
  }

  @Test
  @DisplayName("a background child that keeps the log open blocks nothing")
  void backgroundChildBlocksNothing() throws Exception {
    bosh.fifo("go");
    bosh.script("a", BoshScript.PRE_START, "(read x < go; echo late) & exit 0");

    assertThat(bosh.others(BoshScript.PRE_START).run().failure()).isEmpty();

    bosh.release("go"); // opens only because the child still reads
  }

  private String failure(BoshScript kind) throws InterruptedException {
    JobResult result = bosh.others(kind).run().jobs().get("a");
    if (result instanceof JobResult.Failed(String why)) {
      return why;
    }
    throw new AssertionError("not a failure: " + result);
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}

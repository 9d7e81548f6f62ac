package io.drainwatch.drainer.bosh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.drainwatch.drainer.scripts.SafetyCheck;
import io.drainwatch.drainer.scripts.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class BoshTreeTest {

  private BoshFixture bosh;

  @BeforeEach
  void makeTree(@TempDir Path temporary) {
    bosh = new BoshFixture(temporary);
  }

  @Test
  void listsJobsInOrderOfBytes() {
    for (String job : List.of("b", "B", "10-b", "2-a", "a_b", "a-b")) {
      bosh.drain(job, "echo 0");
    }
    bosh.script("none", BoshScript.PRE_STOP, "exit 0");

    assertThat(bosh.tree().list(BoshScript.DRAIN).scripts())
        .extracting(BoshEntry::job)
        .containsExactly("10-b", "2-a", "B", "a-b", "a_b", "b");
    assertThat(bosh.tree().list(BoshScript.PRE_STOP).scripts())
        .extracting(BoshEntry::job, BoshEntry::path)
        .containsExactly(tuple("none", bosh.bin("none").resolve("pre-stop")));
  }

  @Test
  @DisplayName("E08 missing and dangling are skipped; a directory and a file of mode 0644 refused")
  void tellsMissingFromBroken() throws Exception {
    Files.createDirectories(bosh.bin("a-missing"));
    Files.createDirectories(bosh.bin("b-dangling"));
    Files.createSymbolicLink(bosh.bin("b-dangling").resolve("drain"), Path.of("nowhere"));
    Files.createDirectories(bosh.bin("c-directory").resolve("drain"));
    mode(bosh.drain("d-not-executable", "echo 0"), "rw-r--r--");

    assertThat(bosh.tree().list(BoshScript.DRAIN).entries())
        .extracting(entry -> entry.job() + " " + entry.verdict().getClass().getSimpleName())
        .containsExactly(
            "a-missing Skipped",
            "b-dangling Skipped",
            "c-directory Refused",
            "d-not-executable Refused");
    assertThat(bosh.tree().list(BoshScript.DRAIN).warnings()).isEmpty();
  }

  @Test
  @DisplayName("E09 a script without #! is refused, with checks and without")
  void refusesWithoutInterpreterLine() {
    bosh.scripts.file(bosh.bin("a"), "drain", "echo 0\n");

    assertThat(only(bosh.tree())).isInstanceOf(Verdict.Refused.class);
    assertThat(only(unchecked())).isInstanceOf(Verdict.Refused.class);
  }

  @Test
  void switchedOffChecksLeaveOutOwnerAndModesOnly() {
    Path drain = mode(bosh.drain("a", "echo 0"), "rwxrwxrwx");
    assertThat(only(bosh.tree())).isInstanceOf(Verdict.Refused.class);
    assertThat(only(unchecked())).isEqualTo(new Verdict.Runs());

    mode(drain, "rw-rw-rw-");
    assertThat(only(unchecked())).isInstanceOf(Verdict.Refused.class);
  }

  /** Without owners and modes it does not matter where the tests lie. */
  private BoshTree unchecked() {
    return new BoshTree(bosh.settings, SafetyCheck.withoutOwnersAndModes());
  }

  @Test
  @DisplayName("BOSH's own layout passes: root:vcap, 0750, and a link to the job's directory")
  void acceptsTheLayoutOfBosh() throws Exception {
    Path drain = mode(bosh.drain("a", "echo 0"), "rwxr-x---");
    mode(bosh.bin("a"), "rwxr-x---");
    if (Files.getAttribute(drain, "unix:uid").equals(0)) {
      Files.setAttribute(drain, "unix:gid", 1000); // vcap's
    }
    Path data = bosh.base.resolve("data");
    Files.createDirectories(data);
    Files.move(bosh.bin("a").getParent(), data.resolve("a-1"));
    Files.createSymbolicLink(bosh.base.resolve("jobs/a"), data.resolve("a-1"));

    assertThat(only(bosh.tree())).isEqualTo(new Verdict.Runs());
  }

  @Test
  @DisplayName("B39 skip-drain skips pre-stop and drain of the jobs named, or of all")
  void skipsDrain() {
    for (BoshScript script : BoshScript.values()) {
      bosh.script("a", script, "exit 0");
      bosh.script("b", script, "exit 0");
    }
    bosh.with(it -> it.skipDrain("a"));
    assertThat(jobs(BoshScript.PRE_STOP)).containsExactly("b");
    assertThat(jobs(BoshScript.DRAIN)).containsExactly("b");
    assertThat(jobs(BoshScript.POST_STOP)).containsExactly("a", "b");

    bosh.with(it -> it.skipDrain("*"));
    assertThat(jobs(BoshScript.PRE_STOP)).isEmpty();
    assertThat(jobs(BoshScript.DRAIN)).isEmpty();
    assertThat(jobs(BoshScript.PRE_START)).containsExactly("a", "b");
  }

  @Test
  void listsTheJobsNamedAndWarnsOfOneThatIsNotThere() {
    bosh.drain("a", "echo 0");
    bosh.drain("b", "echo 0");
    bosh.with(it -> it.jobs("c", "b", "b"));

    assertThat(jobs(BoshScript.DRAIN)).containsExactly("b");
    assertThat(bosh.tree().list(BoshScript.DRAIN).warnings())
        .extracting(BoshEntry::job)
        .containsExactly("c");
  }

  @Test
  void hasNoJobsWithoutATreeOrWhenOff() {
    assertThat(bosh.tree().list(BoshScript.DRAIN).entries()).isEmpty();

    bosh.drain("a", "echo 0");
    assertThat(new BoshTree(BoshSettings.off()).list(BoshScript.DRAIN).entries()).isEmpty();
  }

  @Test
  void jobsThatCannotBeSeenAreNotNoJobs() throws Exception {
    Files.createDirectories(bosh.base);
    Files.createSymbolicLink(bosh.base.resolve("jobs"), Path.of("not-mounted"));

    assertThat(bosh.tree().list(BoshScript.DRAIN).scripts())
        .singleElement()
        .satisfies(entry -> assertThat(entry.verdict()).isInstanceOf(Verdict.Refused.class));
  }

  @Test
  void warnsOfAJobWhoseNameWouldForgeALine() {
    bosh.drain("a\nb", "echo 0");

    assertThat(bosh.tree().list(BoshScript.DRAIN).warnings())
        .extracting(BoshEntry::job)
        .containsExactly("a?b");
    assertThat(jobs(BoshScript.DRAIN)).isEmpty();
  }

  @Test
  void refusesAScriptInAPlaceWhereAnybodyWrites() throws Exception {
    bosh.drain("a", "echo 0");
    mode(bosh.base.resolve("jobs"), "rwxrwxrwx");

    assertThat(only(bosh.tree())).isInstanceOf(Verdict.Refused.class);
  }

  private List<String> jobs(BoshScript script) {
    return bosh.tree().list(script).scripts().stream().map(BoshEntry::job).toList();
  }

  private static Verdict only(BoshTree tree) {
    List<BoshEntry> entries = tree.list(BoshScript.DRAIN).entries();
    assertThat(entries).hasSize(1);
    return entries.getFirst().verdict();
  }

  private static Path mode(Path path, String permissions) {
    try {
      return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

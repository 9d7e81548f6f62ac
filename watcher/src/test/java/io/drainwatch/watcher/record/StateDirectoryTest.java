package io.drainwatch.watcher.record;

import static io.drainwatch.watcher.record.Records.AT;
import static io.drainwatch.watcher.record.Records.record;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.drainwatch.watcher.record.KeepResult.Kept;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {
  @TempDir Path parent;

  private Path path() {
    return parent.resolve("var/lib/drainwatch");
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static void chmod(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  @Test
  void createsWhatIsMissingForItsOwnerAlone() throws Exception {
    try (StateDirectory state = StateDirectory.open(path())) {
      assertThat(List.of(mode(state.path()), mode(state.work()), mode(state.context())))
          .containsOnly("rwx------");
      assertThat(mode(path().resolve("lock"))).isEqualTo("rw-------");
      assertThat(path().resolve("lock"))
          .content(UTF_8)
          .isEqualTo(ProcessHandle.current().pid() + "\n");
    }
  }

  @Test
  void leavesAnExistingOneThatOthersMayReadAsItIs() throws Exception {
    Files.createDirectories(path());
    chmod(path(), "rwxr-x---");

    try (StateDirectory state = StateDirectory.open(path())) {
      assertThat(mode(state.path())).isEqualTo("rwxr-x---");
    }
  }

  @Test
  void refusesOneThatOthersCanWrite() throws Exception {
    Files.createDirectories(path());
    chmod(path(), "rwxrwx---");

    assertRefused("can be written by others (rwxrwx---)");
  }

  @Test
  void refusesALink() throws Exception {
    Files.createDirectories(parent.resolve("elsewhere"));
    Files.createDirectories(path().getParent());
    Files.createSymbolicLink(path(), parent.resolve("elsewhere"));

    assertRefused("is a symbolic link");
  }

  @Test
  void refusesALinkInside() throws Exception {
    Files.createDirectories(path());
    chmod(path(), "rwx------");
    Files.createSymbolicLink(path().resolve("work"), parent);

    assertRefused("drainwatch/work is a symbolic link");
  }

  @Test
  void refusesAFile() throws Exception {
    Files.createDirectories(path().getParent());
    Files.createFile(path());

    assertRefused("is not a directory");
  }

  @Test
  void refusesAForeignOwner() throws Exception {
    assumeTrue(isRoot(), "only root can give a directory to somebody else");
    Files.createDirectories(path());
    chmod(path(), "rwx------");
    Files.setAttribute(path(), "unix:uid", 4711);

    assertRefused("belongs to 4711 (uid 4711) and not to uid 0");
  }

  @Test
  void refusesOneThatItCannotWrite() throws Exception {
    assumeTrue(!isRoot(), "root may write everywhere");
    Files.createDirectories(path());
    chmod(path(), "r-x------");

    assertRefused("cannot be written");
  }

  @Test
  void saysWhyItCannotBeCreated() throws Exception {
    Files.createFile(parent.resolve("var"));

    assertRefused("cannot be created: ");
  }

  @Test
  void refusesASecondOneInTheSameProcessAndKeepsTheLock() throws Exception {
    try (StateDirectory first = StateDirectory.open(path())) {
      assertRefused("is in use by this very process, " + ProcessHandle.current().pid());
      assertThat(first.path()).isEqualTo(path());
    }
    StateDirectory.open(path()).close();
  }

  @Test
  void keepsARecordOfAnotherMachineAside() throws Exception {
    try (StateDirectory state = StateDirectory.open(path())) {
      KeepResult kept = state.setAside("0a1b-2c", "{}".getBytes(UTF_8));

      assertThat(kept).isEqualTo(new Kept(path().resolve("foreign-0a1b-2c-1.json")));
      assertThat(path().resolve("foreign-0a1b-2c-1.json")).content(UTF_8).isEqualTo("{}");
      assertThat(mode(path().resolve("foreign-0a1b-2c-1.json"))).isEqualTo("rw-------");
    }
  }

  @Test
  void keepsTheSameForeignRecordOnce() throws Exception {
    try (StateDirectory state = StateDirectory.open(path())) {
      state.setAside("a", "{}".getBytes(UTF_8));

      assertThat(state.setAside("a", "{}".getBytes(UTF_8)))
          .isEqualTo(new Kept(path().resolve("foreign-a-1.json")));
      assertThat(state.setAside("b", "{}".getBytes(UTF_8)))
          .isEqualTo(new Kept(path().resolve("foreign-b-2.json")));
    }
  }

  @Test
  void keepsTheFiveNewestForeignRecords() throws Exception {
    try (StateDirectory state = StateDirectory.open(path())) {
      for (int i = 1; i <= 12; i++) {
        state.setAside("vm" + i % 2, ("{\"n\":" + i + "}").getBytes(UTF_8));
      }

      assertThat(new FileSystemDisk().names(path()))
          .filteredOn(name -> name.startsWith("foreign"))
          .containsExactlyInAnyOrder(
              "foreign-vm0-8.json",
              "foreign-vm1-9.json",
              "foreign-vm0-10.json",
              "foreign-vm1-11.json",
              "foreign-vm0-12.json");
    }
  }

  @Test
  void letsNoVmIdLeaveTheDirectory() throws Exception {
    try (StateDirectory state = StateDirectory.open(path())) {
      assertThat(state.setAside("../../etc/x\n", "{}".getBytes(UTF_8)))
          .isEqualTo(new Kept(path().resolve("foreign-______etc_x_-1.json")));
      assertThat(state.setAside("y".repeat(5_000), "{}".getBytes(UTF_8)))
          .isEqualTo(new Kept(path().resolve("foreign-" + "y".repeat(64) + "-2.json")));
      assertThat(state.setAside("", "{}".getBytes(UTF_8))).isInstanceOf(Kept.class);
    }
  }

  @Test
  void holdsJournalAndHistory() throws Exception {
    try (StateDirectory state = StateDirectory.open(path())) {
      Journal.open(state).journal().append(record(1), AT);
      History.open(state).add("a", record(2), AT);

      assertThat(Journal.open(state).last().map(Records::number)).contains(1);
      assertThat(History.open(state).read(1)).containsExactly(record(2));
    }
  }

  private void assertRefused(String why) {
    assertThatThrownBy(() -> StateDirectory.open(path()))
        .isInstanceOf(StateDirectoryException.class)
        .hasMessageContaining(why)
        .hasMessageStartingWith("State directory " + path());
  }

  private static boolean isRoot() throws IOException {
    return ProcessOwner.uid().orElse(-1) == 0;
  }
}

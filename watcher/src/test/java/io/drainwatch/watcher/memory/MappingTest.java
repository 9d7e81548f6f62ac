package io.drainwatch.watcher.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Nothing is dropped of which the only copy is in memory. */
class MappingTest {
  private static List<Mapping> in(String head, String... fields) {
    return Mapping.asInTheFile(
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of(head), java.util.stream.Stream.of(fields))
            .toList());
  }

  private static String head(String permissions, String inode, String name) {
    return "7f00a000-7f00c000 " + permissions + " 00000000 fe:00 " + inode + "    " + name;
  }

  @Test
  void takesAFileThatWasOnlyRead() {
    assertThat(in(head("r--p", "7", "/opt/x y.aot"), "Rss:  8 kB", "Anonymous:    0 kB"))
        .containsExactly(new Mapping(0x7f00a000L, 0x7f00c000L));
    assertThat(in(head("r-xp", "7", "/lib/libjvm.so"), "Anonymous: 0 kB")).hasSize(1);
  }

  @Test
  @DisplayName("pages that the disk has not yet are the file's all the same")
  void takesAFileThatIsBeingWrittenBack() {
    assertThat(in(head("r--p", "7", "/opt/x.aot"), "Private_Dirty: 8 kB", "Anonymous: 0 kB"))
        .hasSize(1);
  }

  @Test
  void leavesAMappingWithACopyOfOurOwn() {
    assertThat(in(head("r--p", "7", "/lib/libjvm.so"), "Rss: 8 kB", "Anonymous:   4 kB")).isEmpty();
    assertThat(in(head("r--p", "7", "/lib/libjvm.so"), "Anonymous: 0 kB", "Swap:      4 kB"))
        .isEmpty();
    assertThat(in(head("r-xp", "7", "/lib/libjvm.so"), "Anonymous: 0 kB", "Locked:    4 kB"))
        .isEmpty();
  }

  @Test
  void leavesWhatMayBeUnmappedMeanwhile() {
    assertThat(in(head("r-xp", "7", "/lib/libnss_files.so.2"), "Anonymous: 0 kB")).isEmpty();
  }

  @Test
  void leavesWhatCanBeWrittenOrIsNoFile() {
    assertThat(in(head("rw-p", "7", "/opt/x.aot"), "Anonymous: 0 kB")).isEmpty();
    assertThat(in(head("rwxp", "7", "/opt/x.aot"), "Anonymous: 0 kB")).isEmpty();
    assertThat(in(head("r--s", "7", "/opt/modules"), "Anonymous: 0 kB")).isEmpty();
    assertThat(in(head("r-xp", "0", "[vdso]"), "Anonymous: 0 kB")).isEmpty();
    assertThat(in(head("r--p", "0", ""), "Anonymous: 0 kB")).isEmpty();
  }

  @Test
  void keepsTheFieldsOfOneMappingApartFromTheNext() {
    assertThat(
            in(
                head("r--p", "7", "/a.aot"),
                "Anonymous: 0 kB",
                "7f00c000-7f00d000 rw-p 00000000 00:00 0 ",
                "Anonymous: 4 kB",
                "7f00d000-7f00e000 r--p 00000000 fe:00 8 /b.aot",
                "Anonymous: 4 kB"))
        .containsExactly(new Mapping(0x7f00a000L, 0x7f00c000L));
  }

  @Test
  void refusesNothingness() {
    assertThatThrownBy(() -> new Mapping(2, 2)).hasMessageContaining("no stretch");
  }
}

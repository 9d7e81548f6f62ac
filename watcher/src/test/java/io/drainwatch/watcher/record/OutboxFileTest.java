package io.drainwatch.watcher.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutboxFileTest {
  @TempDir private Path directory;

  private static List<ObjectNode> lines(int number) {
    ObjectNode line = JsonNodeFactory.instance.objectNode().put("v", 1).put("n", number);
    return List.of(line, line.deepCopy().put("text", "\u00FC\uD83D\uDE00"));
  }

  @Test
  void readsWhatItWrote() throws IOException {
    OutboxFile file = OutboxFile.in(directory);

    assertThat(file.read()).isEmpty();
    assertThat(file.write(lines(1))).isEmpty();
    assertThat(file.write(lines(2))).isEmpty();
    assertThat(OutboxFile.in(directory).read()).contains(lines(2));
    assertThat(Files.getPosixFilePermissions(directory.resolve(OutboxFile.FILE)))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void leavesOutWhatIsDamagedAndTorn() throws IOException {
    OutboxFile file = OutboxFile.in(directory);
    file.write(lines(1));
    Path path = directory.resolve(OutboxFile.FILE);
    String text = Files.readString(path);
    Files.writeString(path, text.replaceFirst("\"n\":1", "\"n\":9") + "{\"v\":1,\"n\"");

    assertThat(file.read()).contains(lines(1).subList(1, 2));
  }

  @Test
  void followsNoLink() throws IOException {
    Path elsewhere = Files.writeString(directory.resolve("elsewhere"), "mine");
    Files.createSymbolicLink(directory.resolve(OutboxFile.FILE), elsewhere);
    OutboxFile file = OutboxFile.in(directory);

    assertThat(file.read()).contains(List.of());
    assertThat(file.write(lines(1))).isEmpty();
    assertThat(elsewhere).hasContent("mine");
    assertThat(Files.isSymbolicLink(directory.resolve(OutboxFile.FILE))).isFalse();
    assertThat(directory.resolve("outbox.unreadable-1")).exists();
  }

  @Test
  void saysWhyItCannotBeWritten() {
    assertThat(OutboxFile.in(directory.resolve("missing")).write(lines(1)))
        .hasValueSatisfying(why -> assertThat(why).contains("outbox.jsonl"));
  }

  @ParameterizedTest(name = "{0} fails, then the machine crashes")
  @EnumSource(
      value = FaultyDisk.Operation.class,
      names = {"CREATE", "WRITE", "FORCE", "RENAME", "FORCE_DIRECTORY"})
  void aCrashAtAnyMomentLeavesTheOldOrTheNew(FaultyDisk.Operation operation) {
    for (int seed = 0; seed < 20; seed++) {
      MemoryDisk disk = new MemoryDisk();
      FaultyDisk faulty = new FaultyDisk(disk);
      OutboxFile file = new OutboxFile(faulty, Path.of("state"));
      assertThat(file.write(lines(1))).isEmpty();
      faulty.fail(operation);
      assertThat(file.write(lines(2))).isPresent();
      disk.crash(new Random(seed));

      assertThat(new OutboxFile(disk, Path.of("state")).read())
          .hasValueSatisfying(read -> assertThat(List.of(lines(1), lines(2))).contains(read));
    }
  }

  @Test
  void keepsTheOldWhereTheNewIsTooLong() {
    OutboxFile file = OutboxFile.in(directory);
    file.write(lines(1));
    ObjectNode line = JsonNodeFactory.instance.objectNode().put("v", 1);

    assertThat(file.write(List.of(line.put("text", "x".repeat(5 << 20)))))
        .hasValueSatisfying(why -> assertThat(why).contains("no more than 4194304 fit"));
    assertThat(file.read()).contains(lines(1));
  }
}

package io.drainwatch.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {
  @TempDir private Path directory;

  @Test
  void theDaemonFindsHooksThatItRunsThoughItIsBuiltWhereEverybodyMayWrite() throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));

    Path hooks = Training.hooks(directory.resolve("hooks"));

    assertThat(hooks).doesNotHaveToString(directory.resolve("hooks").toString());
    assertThat(hooks.resolve("drain/10-train")).isExecutable();
    for (Path each = hooks; each != null; each = each.getParent()) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
          .as(each.toString())
          .doesNotEndWith("w-")
          .doesNotEndWith("wx");
    }
  }
}

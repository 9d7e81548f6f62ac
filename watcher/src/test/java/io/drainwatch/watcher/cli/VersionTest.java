package io.drainwatch.watcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionTest {
  @TempDir Path directory;

  @Test
  void saysVersionCommitAndJava() {
    Tool.Result result = Tool.in(directory).run("version");

    assertThat(result.code()).isEqualTo(ExitCode.OK);
    assertThat(result.out().lines())
        .containsExactly(
            "drainwatch " + Version.text(),
            "commit " + Version.commit(),
            "Java " + Runtime.version());
  }

  @Test
  void saysItToPrograms() {
    var json = Tool.in(directory).run("version", "--output", "json").json();

    assertThat(json.get("version").asText()).isEqualTo(Version.text());
    assertThat(json.get("commit").asText()).isEqualTo(Version.commit());
    assertThat(json.get("java").asText()).startsWith("25");
  }

  @Test
  void doesNotTakeWhatMavenLeftForACommit() {
    assertThat(Version.commit("7e73423")).isEqualTo("7e73423");
    assertThat(Version.commit("${buildNumber}")).isEqualTo(Version.UNKNOWN);
    assertThat(Version.commit("")).isEqualTo(Version.UNKNOWN);
    assertThat(Version.commit("unknown")).isEqualTo(Version.UNKNOWN);
  }
}

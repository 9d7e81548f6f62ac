package io.drainwatch.watcher.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code .ci/repeat} in a clone whose Maven is a script: what it does not tell, nobody sees. */
@Timeout(120)
class RepeatTest {
  private static final String TWO_TESTS =
      """
      echo "$*" >>calls
      mkdir -p drainer/target/surefire-reports
      cat >drainer/target/surefire-reports/TEST-a.xml <<'END'
      <testsuite>
        <testcase name="goes" classname="io.x.ATest" time="0.1"/>
        <testcase name="waits(int)[1]" classname="io.x.ATest" time="0.1">
      END
      %s
      echo '</testcase></testsuite>' >>drainer/target/surefire-reports/TEST-a.xml
      """;

  @TempDir Path clone;

  private record Outcome(int code, List<String> lines) {}

  @BeforeEach
  void aClone() throws Exception {
    FakeHouse.executable(
        clone.resolve(".ci/repeat"), Files.readString(Repository.file(".ci/repeat")));
    FakeHouse.write(
        clone.resolve("watcher/src/test/java/io/drainwatch/watcher/daemon/KillTest.java"), "");
  }

  private void maven(String script) throws Exception {
    FakeHouse.executable(clone.resolve("mvnw"), "#!/bin/sh\n" + script);
  }

  private Outcome repeat(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(clone.resolve(".ci/repeat").toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> lines = process.inputReader().readAllLines();
    return new Outcome(process.waitFor(), lines);
  }

  @Test
  void namesWhatFailedAndHowOften() throws Exception {
    maven(
        TWO_TESTS.formatted(
            "[ $(wc -l <calls) = 1 ] || echo '<failure message=\"x\"/>'"
                + " >>drainer/target/surefire-reports/TEST-a.xml"));

    Outcome outcome = repeat("3");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.lines()).hasSize(5);
    assertThat(outcome.lines().get(0)).matches("round 1 of 3: 2 tests, \\d+ s");
    assertThat(outcome.lines().get(1))
        .matches("round 2 of 3: 2 tests, \\d+ s, FAILED: io\\.x\\.ATest waits\\(int\\)\\[1]");
    assertThat(outcome.lines().get(3))
        .isEqualTo("3 rounds, 0 busy threads beside them: 2 with failures");
    assertThat(outcome.lines().get(4).strip()).isEqualTo("2 io.x.ATest waits(int)[1]");
    assertThat(clone.resolve("target/repeat/3/drainer/TEST-a.xml")).exists();
    assertThat(clone.resolve("target/repeat/1")).doesNotExist();
  }

  @Test
  void isContentWhereNothingFails() throws Exception {
    maven(TWO_TESTS.formatted(""));

    Outcome outcome = repeat("-l", "1", "2");

    assertThat(outcome.code()).as("%s", outcome.lines()).isZero();
    assertThat(outcome.lines())
        .last()
        .isEqualTo("2 rounds, 1 busy threads beside them: 0 with failures");
    assertThat(Files.readAllLines(clone.resolve("calls")))
        .hasSize(2)
        .allMatch(call -> call.endsWith(" verify"));
  }

  @Test
  void aBuildThatBreaksIsAFailure() throws Exception {
    maven(TWO_TESTS.formatted("") + "exit 7\n");

    Outcome outcome = repeat("1");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.lines()).first().asString().endsWith("the build, which ended with 7");
  }

  @Test
  void whereNothingIsTestedNothingIsWell() throws Exception {
    maven("exit 0\n");

    Outcome outcome = repeat("1");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.lines()).first().asString().endsWith("nothing was tested");
  }

  @Test
  void runsTheClassesThatAreNamedInTheirModule() throws Exception {
    maven(TWO_TESTS.formatted(""));

    assertThat(repeat("1", "KillTest").code()).isZero();
    assertThat(repeat("1", "io.drainwatch.watcher.daemon.*Test").code()).isZero();
    assertThat(repeat("1", "NobodysTest").code()).isEqualTo(2);

    assertThat(Files.readAllLines(clone.resolve("calls")))
        .hasSize(2)
        .allMatch(call -> call.contains(" -pl watcher -am test -Dtest="));
  }
}

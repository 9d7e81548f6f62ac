package io.drainwatch.drainer.scripts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Hook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallPiecesTest {

  @Nested
  class Summary {
    @Test
    void namesWhatFailedAndWhatDidNot() {
      assertThat(
              new ScriptSummary("drain", List.of("20-etcd"), List.of("10-lb", "30-log")).sentence())
          .isEqualTo("1 of 3 drain scripts failed. Failed: 20-etcd. Successful: 10-lb, 30-log.");
    }

    @Test
    void leavesOutWhatThereIsNot() {
      assertThat(new ScriptSummary("drain", "Jobs", List.of("a", "b"), List.of()).sentence())
          .isEqualTo("2 of 2 drain scripts failed. Failed Jobs: a, b.");
      assertThat(new ScriptSummary("cordon", List.of(), List.of("a")).sentence())
          .isEqualTo("0 of 1 cordon scripts failed. Successful: a.");
    }
  }

  @Nested
  class Lines {
    private final List<String> lines = new ArrayList<>();
    private final LineOutput output =
        new LineOutput(List.of((source, text) -> lines.add(source.word() + " " + text)));

    private void print(ScriptOutput.Source source, String text) {
      byte[] bytes = text.getBytes(UTF_8);
      output.bytes(source, bytes, bytes.length);
    }

    @Test
    void keepsStreamsApartAndPassesAnUnfinishedLineAtTheEnd() {
      print(ScriptOutput.Source.STDOUT, "on");
      print(ScriptOutput.Source.STDERR, "other\n");
      print(ScriptOutput.Source.STDOUT, "e\n\ntwo");
      output.ended(ScriptOutput.Source.STDOUT);
      output.ended(ScriptOutput.Source.STDERR);

      assertThat(lines).containsExactly("stderr other", "stdout one", "stdout ", "stdout two");
    }

    @Test
    void dropsControlCharacters() {
      print(
          ScriptOutput.Source.STDOUT,
          "a\u001b[31mb\r\tc\u0000\u2028\u202ed\u0085 zürich \ud83d\ude00\n");
      assertThat(lines).containsExactly("stdout a[31mb cd zürich \ud83d\ude00");
    }

    @Test
    void cutsALineAt8KiB() {
      print(ScriptOutput.Source.STDOUT, "x".repeat(8_192) + "\n" + "y".repeat(8_193) + "\nz\n");
      assertThat(lines)
          .containsExactly(
              "stdout " + "x".repeat(8_192),
              "stdout " + "y".repeat(8_192) + " [cut at 8 KiB]",
              "stdout z");
    }

    @Test
    void dropsTheRestAfter1MiBOfBothStreamsAndSaysSoOnce() {
      String kib = "x".repeat(1_023) + "\n";
      print(ScriptOutput.Source.STDERR, kib.repeat(1_000));
      print(ScriptOutput.Source.STDOUT, kib.repeat(24));
      assertThat(lines).hasSize(1_024);

      print(ScriptOutput.Source.STDOUT, kib);
      print(ScriptOutput.Source.STDERR, kib);
      output.ended(ScriptOutput.Source.STDOUT);

      assertThat(lines).hasSize(1_025);
      assertThat(lines.getLast())
          .isEqualTo("stdout [more than 1 MiB was printed: the rest is dropped]");
    }
  }

  @Nested
  class LogFiles {
    @Test
    void appendsToOneFilePerStream(@TempDir Path temporary) throws IOException {
      Path logs = temporary.resolve("log");
      for (int call = 1; call <= 2; call++) {
        FileLines file = new FileLines(logs, Hook.DRAIN, "20-etcd");
        file.line(ScriptOutput.Source.STDOUT, "call " + call);
        file.ended(ScriptOutput.Source.STDOUT);
        file.ended(ScriptOutput.Source.STDERR);
      }

      Path file = logs.resolve("drain/20-etcd.stdout.log");
      assertThat(file).hasContent("call 1\ncall 2\n");
      assertThat(logs.resolve("drain/20-etcd.stderr.log")).doesNotExist();
      assertThat(permissions(file)).isEqualTo("rw-r-----");
      assertThat(permissions(logs.resolve("drain"))).isEqualTo("rwxr-x---");
      assertThat(permissions(logs)).isEqualTo("rwxr-x---");
    }

    @Test
    void givesUpQuietlyWhereItCannotWrite(@TempDir Path temporary) throws IOException {
      Path inTheWay = Files.writeString(temporary.resolve("log"), "a file");
      FileLines file = new FileLines(inTheWay, Hook.DRAIN, "20-etcd");
      file.line(ScriptOutput.Source.STDOUT, "lost");
      file.line(ScriptOutput.Source.STDOUT, "lost");
      file.ended(ScriptOutput.Source.STDOUT);
      assertThat(inTheWay).hasContent("a file");
    }
  }

  @Nested
  class Context {
    @Test
    void isPrivateAndReplaced(@TempDir Path state) throws IOException {
      ContextFile contexts = new ContextFile(state);
      contexts.write(Hook.DRAIN, "20-etcd", "{\"a\":1}".getBytes(UTF_8));

      ContextFile.Written written =
          contexts.write(Hook.DRAIN, "20-etcd", "{\"a\":2}".getBytes(UTF_8));

      Path path = state.resolve("context/drain.20-etcd.json");
      assertThat(written).isEqualTo(new ContextFile.Written.To(path));
      assertThat(Files.readString(path)).isEqualTo("{\"a\":2}");
      assertThat(permissions(path)).isEqualTo("rw-------");
      assertThat(permissions(state.resolve("context"))).isEqualTo("rwx------");
      try (var files = Files.list(state.resolve("context"))) {
        assertThat(files).containsExactly(path);
      }
    }

    @Test
    void followsNoLinkThatLiesInItsPlace(@TempDir Path state) throws IOException {
      Path theirs = Files.writeString(state.resolve("theirs"), "as it was");
      Path path = Files.createDirectory(state.resolve("context")).resolve("drain.20-etcd.json");
      Files.createSymbolicLink(path, theirs);

      new ContextFile(state).write(Hook.DRAIN, "20-etcd", "{}".getBytes(UTF_8));

      assertThat(theirs).hasContent("as it was");
      assertThat(path).isRegularFile().hasContent("{}");
      assertThat(Files.isSymbolicLink(path)).isFalse();
      assertThat(permissions(path)).isEqualTo("rw-------");
    }

    @Test
    void saysWhyItCannotBeWritten(@TempDir Path state) throws IOException {
      Files.writeString(state.resolve("context"), "in the way");
      ContextFile contexts = new ContextFile(state);
      assertThat(contexts.write(Hook.DRAIN, "x", new byte[0]))
          .isInstanceOfSatisfying(
              ContextFile.Written.Not.class,
              not -> assertThat(not.why()).startsWith("cannot write " + state));
      assertThat(contexts.write(Hook.DRAIN, "../x", new byte[0]))
          .isEqualTo(new ContextFile.Written.Not("'../x' is no file name"));
    }
  }

  @Nested
  class Stat {
    private static final String REST = " 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 ";

    @Test
    void readsANameWithBlanksAndParentheses() {
      assertThat(ProcessStat.parse("12 (a) b (c) S 1 10 10" + REST + "1 0 4711 8 9\n"))
          .contains(new ProcessStat(12, "a) b (c", 'S', 1, 10, 1, 4711));
    }

    @Test
    void countsZombiesAsGone() {
      assertThat(stat("Z", 1).isAlive()).isFalse();
      assertThat(stat("X", 1).isAlive()).isFalse();
      assertThat(stat("D", 1).isAlive()).isTrue();
    }

    @Test
    void countsAProcessWhoseOtherThreadsGoOnAsAlive() {
      assertThat(stat("Z", 3).isAlive()).isTrue();
    }

    @Test
    void refusesNonsense() {
      assertThat(ProcessStat.parse("")).isEmpty();
    }

    @Test
    void findsThisVeryProcess() {
      assertThat(ProcessTable.ofSystem().alive())
          .extracting(ProcessStat::pid)
          .contains(ProcessHandle.current().pid());
    }

    private static ProcessStat stat(String state, int threads) {
      return ProcessStat.parse("12 (a) " + state + " 1 10 10" + REST + threads + " 0 4711 8 9\n")
          .orElseThrow();
    }
  }

  @Nested
  class Launching {
    @Test
    void setsTheUmaskWithoutReadingTheArguments(@TempDir Path temporary) throws Exception {
      ScriptFixtures scripts = ScriptFixtures.in(temporary);
      Path script = scripts.script(scripts.root(), "x y", "umask; printf '%s|' \"$@\"");
      List<String> command =
          new ArrayList<>(List.of("/bin/sh", "-c", "umask 077; exec \"$@\"", "-"));
      command.addAll(
          new Launch(Optional.empty(), true).command(script, List.of("$(id)", "", "a b")));

      Process process = new ProcessBuilder(command).start();

      assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
          .isEqualTo("0022\n$(id)||a b|");
      assertThat(process.waitFor()).isZero();
    }

    @Test
    void needsNoShellWhereTheUmaskIsRight() {
      assertThat(
              new Launch(Optional.of(Path.of("/usr/bin/setsid")), false)
                  .command(Path.of("/x"), List.of("drain")))
          .containsExactly("/usr/bin/setsid", "/x", "drain");
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}

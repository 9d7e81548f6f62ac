package io.drainwatch.watcher.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceUnitTest {
  private static final String UNIT = "config/drainwatch.service";
  private static final String PEERS = "config/drainwatch-peers.service";
  private static final String TIMER = "config/drainwatch-peers.timer";
  @TempDir Path directory;

  /** With a program that exists everywhere in place of ours, which is not installed here. */
  @ParameterizedTest
  @ValueSource(strings = {UNIT, PEERS, TIMER})
  @Timeout(60)
  void isUnderstoodBySystemd(String name) throws Exception {
    assumeTrue(
        List.of("/usr/bin", "/bin").stream()
            .anyMatch(place -> Files.isExecutable(Path.of(place, "systemd-analyze"))),
        "systemd-analyze is not installed");
    for (String each : List.of(UNIT, PEERS, TIMER)) {
      Files.writeString(
          directory.resolve(Path.of(each).getFileName()),
          Repository.text(each).replace("ExecStart=/usr/bin/drainwatch", "ExecStart=/bin/sh"));
    }
    Path unit = directory.resolve(Path.of(name).getFileName());
    Path output = directory.resolve("output");

    Process process =
        new ProcessBuilder("systemd-analyze", "verify", unit.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();

    assertThat(process.waitFor()).as(Files.readString(output)).isZero();
    assertThat(output).content().doesNotContain(directory.toString(), "drainwatch");
  }

  /** From 0, shut, to 100; the daemon's is what hooks need, which inherit it. */
  @ParameterizedTest
  @CsvSource({UNIT + ", 97", PEERS + ", 35"})
  @Timeout(60)
  void isNoMoreOpenThanItHasToBe(String name, int most) throws Exception {
    exposes(Repository.file(name), most);
  }

  private static void exposes(Path unit, int most) throws Exception {
    assumeTrue(
        run("sh", "-c", "systemd-analyze --help 2>&1 | grep -e --offline").code() == 0,
        "no systemd-analyze that looks at a file");

    Result result =
        run(
            "systemd-analyze",
            "security",
            "--no-pager",
            "--offline=true",
            "--threshold=" + most,
            unit.toString());

    assertThat(result.code()).as(result.said()).isZero();
  }

  /** As its comment says, for hooks that need no root. */
  @Test
  @Timeout(60)
  void isTighterWhereHooksNeedNoRoot() throws Exception {
    List<String> lines = Repository.text(UNIT).lines().toList();
    List<String> more =
        lines.subList(lines.indexOf("#   [Service]") + 1, lines.indexOf("[Install]")).stream()
            .filter(line -> line.startsWith("#   "))
            .map(line -> line.substring(4))
            .toList();
    assertThat(more).hasSizeGreaterThan(5).contains("User=drainwatch", "NoNewPrivileges=yes");
    Path unit = directory.resolve("drainwatch.service");
    Files.writeString(
        unit, Repository.text(UNIT).replace("[Install]", String.join("\n", more) + "\n[Install]"));

    exposes(unit, 72);
  }

  private record Result(int code, String said) {}

  private static Result run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), said);
  }

  @Test
  void keepsWhatTheDaemonReliesOn() throws Exception {
    assertThat(Repository.text(UNIT).lines())
        .contains(
            "Type=notify",
            "NotifyAccess=main",
            "KillMode=process",
            "TimeoutStopSec=10",
            "Restart=always",
            "StateDirectory=drainwatch",
            "StateDirectoryMode=0700",
            "UMask=0022");
  }

  /** The token is the daemon's user's alone, and this is another user. */
  @Test
  void tellsOfPeersAsNobodyInParticular() throws Exception {
    assertThat(Repository.text(PEERS).lines())
        .contains(
            "DynamicUser=yes",
            "LoadCredential=token:/var/lib/drainwatch/token",
            "ExecStart=/usr/bin/drainwatch azure peers --credential managed-identity --token-file"
                + " ${CREDENTIALS_DIRECTORY}/token");
    assertThat(Repository.text(TIMER).lines()).contains("OnUnitInactiveSec=1min");
  }

  @Test
  void hindersNoHook() throws Exception {
    assertThat(Repository.text(UNIT).lines())
        .noneMatch(
            line ->
                line.matches(
                    "(Protect|Private|ReadOnly|Inaccessible|NoNewPrivileges|Restrict[A-Z]"
                        + "|SystemCall|Capability|MemoryDeny|MemoryMax|IPAddress).*"));
  }
}

package io.drainwatch.watcher.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ServiceUnitTest {
  private static final String UNIT = "config/drainwatch.service";
  @TempDir Path directory;

  /** With a program that exists everywhere in place of ours, which is not installed here. */
  @Test
  @Timeout(60)
  void isUnderstoodBySystemd() throws Exception {
    assumeTrue(
        List.of("/usr/bin", "/bin").stream()
            .anyMatch(place -> Files.isExecutable(Path.of(place, "systemd-analyze"))),
        "systemd-analyze is not installed");
    Path unit = directory.resolve("drainwatch.service");
    Files.writeString(
        unit, Repository.text(UNIT).replace("ExecStart=/usr/bin/drainwatch", "ExecStart=/bin/sh"));
    Path output = directory.resolve("output");

    Process process =
        new ProcessBuilder("systemd-analyze", "verify", unit.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();

    assertThat(process.waitFor()).as(Files.readString(output)).isZero();
    assertThat(output).content().doesNotContain("drainwatch.service");
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

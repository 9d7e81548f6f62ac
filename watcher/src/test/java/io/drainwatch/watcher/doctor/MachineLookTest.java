package io.drainwatch.watcher.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineLookTest {
  @TempDir Path root;

  private MachineFacts look() {
    return new MachineLook(root, Map.of("JAVA_TOOL_OPTIONS", "-Dx")).look();
  }

  private void file(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void anEmptyMachineHasNothing() {
    MachineFacts facts = look();

    assertThat(facts.setsid()).isFalse();
    assertThat(facts.clock()).isEqualTo(new MachineFacts.Clock(Optional.empty(), Optional.empty()));
    assertThat(facts.systemd().there()).isFalse();
    assertThat(facts.tempDisk()).isEmpty();
    assertThat(facts.java().variables()).containsExactly("JAVA_TOOL_OPTIONS");
  }

  @Test
  void seesTheUnitItsUserAndWhetherItIsEnabled() throws IOException {
    Files.createDirectories(root.resolve("run/systemd/system"));
    file("etc/systemd/system/drainwatch.service", "[Service]\n#   User=nobody\nUser=one\n");
    file("etc/systemd/system/drainwatch.service.d/override.conf", "[Service]\nUser=two\n");

    assertThat(look().systemd().user()).contains("two");
    assertThat(look().systemd().enabled()).isFalse();

    Path wants =
        Files.createDirectories(root.resolve("etc/systemd/system/multi-user.target.wants"));
    Files.createSymbolicLink(
        wants.resolve("drainwatch.service"), Path.of("/etc/systemd/system/drainwatch.service"));
    assertThat(look().systemd().enabled()).isTrue();
  }

  @Test
  void knowsProgramsByTheirNames() throws IOException {
    file("proc/10/comm", "systemd-timesyn\n");
    file("proc/11/comm", "aks-node-termin\n");

    assertThat(look().clock())
        .isEqualTo(new MachineFacts.Clock(Optional.of("systemd-timesyncd"), Optional.of(false)));
    assertThat(look().otherPrograms()).containsExactly("aks-node-termin");

    file("run/systemd/timesync/synchronized", "");
    assertThat(look().clock().synchronised()).contains(true);
  }
}

package io.drainwatch.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The package on a Debian: dpkg itself, its scripts, and the daemon that the unit names. */
@Timeout(300)
class InstallationTest {
  private static final Pattern METADATA =
      Pattern.compile("at (http://127\\.0\\.0\\.1:\\d+)/metadata");

  @TempDir static Path directory;

  private static Order order;
  private static Path debian;
  private static Path newer;
  private Machine machine;

  @BeforeAll
  static void prepare() throws Exception {
    Optional<String> obstacle = Machine.obstacle();
    assumeTrue(obstacle.isEmpty(), () -> "the package is not installed: " + obstacle.orElseThrow());
    order = Order.fromProperties();
    debian = Machine.debian(order.directory().getParent());
    newer = directory.resolve("newer.deb");
    new DebianPackage(order.as(new Order.Debian("9.9", order.debian().maintainer(), "none")))
        .write(newer);
  }

  @BeforeEach
  void boot() throws Exception {
    machine = Machine.copyOf(debian, directory.resolve("root"));
  }

  @AfterEach
  void powerOff() throws Exception {
    machine.close();
  }

  private void install(Path deb) throws Exception {
    Files.copy(deb, machine.file("/root/" + deb.getFileName()));
    machine.run("dpkg", "--install", "/root/" + deb.getFileName());
    Files.delete(machine.file("/root/" + deb.getFileName()));
  }

  private String asked() throws Exception {
    return machine.text("/root/asked");
  }

  @Test
  void isInstalledWithoutBeingStarted() throws Exception {
    install(order.debianPackage());

    assertThat(asked().lines()).containsExactly("daemon-reload", "try-restart drainwatch.service");
    assertThat(machine.processes()).doesNotContain("java");
    assertThat(machine.run("drainwatch", "version")).startsWith("drainwatch ").contains("Java 25");
    assertThat(machine.run("stat", "-c", "%U %a", "/var/lib/drainwatch")).isEqualTo("root 700\n");
    assertThat(machine.run("getent", "passwd", "drainwatch"))
        .endsWith(":/var/lib/drainwatch:/usr/sbin/nologin\n");
    assertThat(machine.run("dpkg", "--verify", "drainwatch")).isEmpty();
  }

  /** Where the cache cannot be used, -Xshare:on ends the JVM: jars are known by their times. */
  @Test
  void usesItsCacheAsDpkgUnpacksIt() throws Exception {
    install(order.debianPackage());

    assertThat(machine.run("env", "DRAINWATCH_JAVA_OPTIONS=-Xshare:on", "drainwatch", "version"))
        .contains("Java 25");
  }

  @Test
  void itsScriptsCanBeRepeatedAndNeedNoSystemd() throws Exception {
    Files.delete(machine.file("/run/systemd/system"));
    install(order.debianPackage());
    machine.run("dpkg-reconfigure", "drainwatch");
    for (String call :
        List.of(
            "postinst configure 1",
            "postinst abort-upgrade 1",
            "postinst abort-remove",
            "prerm upgrade 2",
            "prerm remove",
            "postrm upgrade 2",
            "postrm remove",
            "postrm purge",
            "postrm purge")) {
      machine.run("sh", "-c", "/var/lib/dpkg/info/drainwatch." + call);
    }

    assertThat(asked()).isEmpty();
  }

  @Test
  void anUpgradeInMidMaintenanceGoesOnWithItAndAcknowledgesOnlyAfterTheDrain() throws Exception {
    try (Program simulator =
        Program.start(order, directory, "simulate", "--event", "Reboot", "--notice", "10m")) {
      await().atMost(Duration.ofSeconds(60)).until(simulator.says(METADATA));
      Matcher address = METADATA.matcher(simulator.said());
      assertThat(address.find()).isTrue();
      machine.write(
          "/etc/default/drainwatch",
          "DRAINWATCH_METADATA_URL=" + address.group(1) + "\nMICRONAUT_SERVER_PORT=-1\n");
      install(order.debianPackage());
      machine.executable(
          "/etc/drainwatch/hooks.d/drain/50-wait",
          """
          #!/bin/sh
          echo "$DRAIN_ID" >>/root/called
          until [ -e /root/drained ]; do sleep 0.1; done
          """);
      machine.run("systemctl", "start", "drainwatch.service");
      await().atMost(Duration.ofSeconds(60)).until(() -> called() == 1);
      String before = machine.text("/run/drainwatch.main");

      install(newer);

      await().atMost(Duration.ofSeconds(60)).until(() -> called() == 2);
      assertThat(machine.text("/run/drainwatch.main")).as("main process").isNotEqualTo(before);
      assertThat(machine.text("/root/called").lines().distinct()).as("DRAIN_ID").hasSize(1);
      assertThat(machine.run("dpkg-query", "-W", "-f", "${Version}", "drainwatch"))
          .isEqualTo("9.9");
      assertThat(asked().lines())
          .as("never stopped for longer than it takes to start it")
          .noneMatch(line -> line.matches("(stop|disable|mask)\\b.*"));
      assertThat(simulator.said()).doesNotContain(" is acknowledged by ");

      machine.write("/root/drained", "");
      await()
          .atMost(Duration.ofSeconds(60))
          .until(simulator.says(Pattern.compile(" is acknowledged by ")));
      assertThat(called()).isEqualTo(2);
      assertThat(machine.text("/root/journal")).doesNotContain("ERROR", "NoClassDef");
    }
  }

  private long called() throws Exception {
    return machine.text("/root/called").lines().count();
  }

  @Test
  void anUpgradeLeavesADaemonThatIsStoppedAndSettingsThatWereChanged() throws Exception {
    install(order.debianPackage());
    Files.writeString(
        machine.file("/etc/drainwatch/drainwatch.yml"), "drainwatch: {dry-run: true}\n");
    install(newer);

    assertThat(machine.text("/etc/drainwatch/drainwatch.yml"))
        .isEqualTo("drainwatch: {dry-run: true}\n");
    assertThat(machine.has("/run/drainwatch.main")).as("started").isFalse();
  }

  @Test
  void aRemovalStopsItAndKeepsTheRecordAndAPurgeLeavesNothing() throws Exception {
    machine.write(
        "/etc/default/drainwatch",
        "DRAINWATCH_METADATA_URL=http://127.0.0.1:9\nMICRONAUT_SERVER_PORT=-1\n");
    machine.run("mkdir", "-p", "/etc/systemd/system/multi-user.target.wants");
    List<String> before = machine.files();
    install(order.debianPackage());
    machine.run(
        "ln",
        "-s",
        "/usr/lib/systemd/system/drainwatch.service",
        "/etc/systemd/system/multi-user.target.wants/drainwatch.service");
    machine.run("systemctl", "start", "drainwatch.service");
    await().atMost(Duration.ofSeconds(60)).until(() -> machine.has("/var/lib/drainwatch/token"));

    machine.run("dpkg", "--remove", "drainwatch");

    assertThat(machine.processes()).doesNotContain("java");
    assertThat(machine.has("/usr/lib/drainwatch")).isFalse();
    assertThat(machine.has("/usr/bin/drainwatch")).isFalse();
    assertThat(machine.has("/etc/drainwatch/drainwatch.yml")).isTrue();
    try (Stream<Path> state = Files.list(machine.file("/var/lib/drainwatch"))) {
      assertThat(state).isNotEmpty();
    }

    machine.run("dpkg", "--purge", "drainwatch");

    assertThat(machine.files())
        .filteredOn(path -> !before.contains(path))
        .filteredOn(path -> !path.startsWith("/root/") && !path.startsWith("/run/"))
        // what whoever adds a user leaves behind
        .filteredOn(
            path -> !path.matches("/etc/\\.pwd\\.lock|/etc/(sub[ug]id|g?shadow|passwd|group)-"))
        .isEmpty();
    assertThat(machine.files()).containsAll(before);
  }
}

package io.drainwatch.drainer.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.drainwatch.drainer.maintenance.Hook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HookDirectoriesTest {

  private ScriptFixtures scripts;
  private Path operators;
  private Path vendors;

  @BeforeEach
  void makeDirectories(@TempDir Path temporary) {
    scripts = ScriptFixtures.in(temporary);
    operators = ScriptFixtures.directory(scripts.operator().resolve("drain"));
    vendors = ScriptFixtures.directory(scripts.vendor().resolve("drain"));
  }

  @Test
  @DisplayName("H01 of two equal names the operator's counts")
  void operatorOverridesVendor() {
    scripts.script(operators, "20-etcd", "exit 0");
    scripts.script(vendors, "20-etcd", "exit 0");

    HookListing listing = scripts.hookDirectories().list(Hook.DRAIN);

    assertThat(listing.scripts())
        .extracting(HookEntry::path)
        .containsExactly(operators.resolve("20-etcd"));
    assertThat(listing.entries().getLast().verdict().text())
        .isEqualTo("skipped: overridden by " + operators.resolve("20-etcd"));
    assertThat(listing.warnings()).isEmpty();
  }

  @Test
  @DisplayName("H01 an operator's link to /dev/null masks the vendor's script")
  void linkToNullMasks() throws IOException {
    Files.createSymbolicLink(operators.resolve("20-etcd"), Path.of("/dev/null"));
    scripts.script(vendors, "20-etcd", "exit 0");

    HookListing listing = scripts.hookDirectories().list(Hook.DRAIN);

    assertThat(listing.scripts()).isEmpty();
    assertThat(listing.entries())
        .extracting(entry -> entry.verdict().text())
        .containsExactly(
            "masked by a link to /dev/null", "skipped: masked by " + operators.resolve("20-etcd"));
    assertThat(listing.warnings()).isEmpty();
  }

  @Test
  @DisplayName("H04 a mask that others could have made is refused")
  void maskInUnsafePlaceIsRefused() throws IOException {
    Files.createSymbolicLink(operators.resolve("20-etcd"), Path.of("/dev/null"));
    scripts.script(vendors, "20-etcd", "exit 0");
    ScriptFixtures.mode(operators, "rwxrwxr-x");

    assertThat(scripts.hookDirectories().list(Hook.DRAIN).scripts())
        .extracting(HookEntry::verdict)
        .singleElement()
        .isInstanceOf(Verdict.Refused.class);
  }

  @Test
  @DisplayName("H02 the order is that of the bytes, whichever directory")
  void ordersByBytes() {
    scripts.script(vendors, "a", "exit 0");
    scripts.script(operators, "B", "exit 0");
    scripts.script(vendors, "2-a", "exit 0");
    scripts.script(operators, "10-b", "exit 0");

    assertThat(namesOf(scripts.hookDirectories().list(Hook.DRAIN)))
        .containsExactly("10-b", "2-a", "B", "a");
  }

  @Test
  @DisplayName("H03 skips backups silently, warns about what is not executable")
  void skipsBackups() {
    makeH03();

    HookListing listing = scripts.hookDirectories().list(Hook.DRAIN);

    assertThat(namesOf(listing)).containsExactly("x.sh");
    assertThat(listing.entries()).hasSize(10);
    assertThat(listing.warnings()).extracting(HookEntry::name).containsExactly("not-executable");
    assertThat(listing.warnings().getFirst().verdict().text())
        .isEqualTo("skipped: not executable for this user");
  }

  @Test
  @DisplayName("H03 run-parts takes plain names only, and warns no more than before")
  void runPartsNarrows() {
    makeH03();
    scripts.script(operators, "plain_1-A", "exit 0");

    HookListing listing = scripts.hookDirectories(ScriptNames.RUN_PARTS).list(Hook.DRAIN);

    assertThat(namesOf(listing)).containsExactly("plain_1-A");
    assertThat(listing.warnings()).extracting(HookEntry::name).containsExactly("not-executable");
  }

  private void makeH03() {
    for (String name :
        List.of(
            "x.sh",
            ".x",
            "x~",
            "x.swp",
            "x.bak",
            "x.rpmnew",
            "x.rpmsave",
            "x.dpkg-old",
            "x.disabled")) {
      scripts.script(operators, name, "exit 0");
    }
    ScriptFixtures.mode(scripts.script(operators, "not-executable", "exit 0"), "rw-r--r--");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a\tb", "a\nb", "a\u007f"})
  void warnsAboutStrangeNames(String name) {
    scripts.script(operators, name, "exit 0");

    HookListing listing = scripts.hookDirectories().list(Hook.DRAIN);

    assertThat(listing.scripts()).isEmpty();
    assertThat(listing.warnings()).hasSize(1);
  }

  @Test
  void warnsAboutNamesThatAreNotAscii() {
    assumeThat(System.getProperty("sun.jnu.encoding"))
        .as("file names can be made with other letters")
        .isEqualTo("UTF-8");
    scripts.script(operators, "räumen", "exit 0");

    assertThat(scripts.hookDirectories().list(Hook.DRAIN).warnings()).hasSize(1);
  }

  @Test
  void missingDirectoryIsEmpty() {
    assertThat(scripts.hookDirectories().list(Hook.UNCORDON).entries()).isEmpty();
  }

  @Test
  void directoryThatCannotBeReadIsRefused() throws IOException {
    Files.writeString(scripts.operator().resolve("cordon"), "no directory");
    Files.createSymbolicLink(scripts.vendor().resolve("cordon"), Path.of("nowhere"));

    assertThat(scripts.hookDirectories().list(Hook.CORDON).scripts())
        .hasSize(2)
        .allSatisfy(entry -> assertThat(entry.verdict()).isInstanceOf(Verdict.Refused.class))
        .allSatisfy(entry -> assertThat(entry.verdict().text()).contains("cannot be read"));
  }

  @Test
  void takesAnyNumberOfBases() {
    Path third = scripts.root().resolve("third");
    scripts.script(third.resolve("drain"), "30-log", "exit 0");
    scripts.script(operators, "10-lb", "exit 0");

    HookDirectories directories =
        new HookDirectories(
            List.of(scripts.operator(), scripts.vendor(), third),
            ScriptNames.ANY,
            scripts.safetyCheck());

    assertThat(namesOf(directories.list(Hook.DRAIN))).containsExactly("10-lb", "30-log");
  }

  @Test
  void namesDirectoriesThatAreNoHooks() throws IOException {
    ScriptFixtures.directory(scripts.operator().resolve("prestop"));
    ScriptFixtures.directory(scripts.vendor().resolve("Drain"));
    Files.writeString(scripts.operator().resolve("README"), "a file is none of our business");

    assertThat(scripts.hookDirectories().unknownDirectories())
        .containsExactly(
            scripts.operator().resolve("prestop").toString(),
            scripts.vendor().resolve("Drain").toString());
  }

  private static List<String> namesOf(HookListing listing) {
    return listing.scripts().stream().map(HookEntry::name).toList();
  }
}

package io.drainwatch.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is in the package, as Debian's own tools read it. */
@Timeout(180)
class DebianPackageTest {
  private static final List<String> HOOKS =
      List.of(
          "scheduled",
          "cordon",
          "pre-stop",
          "drain",
          "post-stop",
          "started",
          "pre-start",
          "running",
          "post-start",
          "uncordon",
          "cancelled",
          "peer-removed",
          "peer-added");

  @TempDir static Path directory;

  private static Order order;

  @BeforeAll
  static void findTools() throws Exception {
    order = Order.fromProperties();
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/dpkg-deb")), "dpkg-deb is not installed");
  }

  private static String dpkgDeb(String... arguments) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("dpkg-deb");
    builder.command().addAll(List.of(arguments));
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("TZ", "UTC");
    return Processes.run(builder);
  }

  private static String field(String name) throws Exception {
    return dpkgDeb("--field", order.debianPackage().toString(), name).strip();
  }

  /** By path: how dpkg-deb lists it. */
  private static Map<String, String> listed() throws Exception {
    return dpkgDeb("--contents", order.debianPackage().toString())
        .lines()
        .collect(
            Collectors.toMap(
                line -> line.replaceFirst("^.*? \\./", "").replaceFirst("/?( -> .*)?$", ""),
                Function.identity()));
  }

  @Test
  void saysWhatItIs() throws Exception {
    assertThat(field("Package")).isEqualTo("drainwatch");
    assertThat(field("Version")).isEqualTo(order.version().replace('-', '~'));
    assertThat(field("Architecture")).isEqualTo(Order.architecture());
    assertThat(field("Depends")).matches("libc6 \\(>= 2\\.\\d+\\), (.*, )?passwd");
    assertThat(Integer.parseInt(field("Installed-Size"))).isBetween(50_000, 300_000);
  }

  /** Among them: a snapshot is older than what it becomes. */
  @ParameterizedTest
  @CsvSource({"0.1.0-SNAPSHOT, 0.1.0", "0.1.0-rc1, 0.1.0", "0.1.0, 0.1.1-SNAPSHOT"})
  void versionsAreInOrder(String older, String newer) throws Exception {
    assertThat(
            Processes.run(
                new ProcessBuilder(
                    "dpkg",
                    "--compare-versions",
                    Order.Debian.version(older),
                    "lt",
                    Order.Debian.version(newer))))
        .isEmpty();
  }

  @Test
  void everythingIsWhereDebianLooksForIt() throws Exception {
    Map<String, String> listed = listed();

    assertThat(listed)
        .containsKeys(
            "usr/lib/drainwatch/bin/drainwatch",
            "usr/lib/drainwatch/lib/drainwatch.jsa",
            "usr/lib/drainwatch/runtime/bin/java",
            "usr/lib/systemd/system/drainwatch.service",
            "usr/lib/systemd/system/drainwatch-peers.service",
            "usr/lib/systemd/system/drainwatch-peers.timer",
            "usr/lib/sysusers.d/drainwatch.conf",
            "usr/lib/tmpfiles.d/drainwatch.conf",
            "usr/share/man/man8/drainwatch.8.gz",
            "usr/share/bash-completion/completions/drainwatch",
            "usr/share/doc/drainwatch/copyright",
            "etc/drainwatch/drainwatch.yml");
    assertThat(listed.get("usr/bin/drainwatch")).endsWith(" -> ../lib/drainwatch/bin/drainwatch");
    assertThat(listed.keySet().stream().filter(path -> path.startsWith("etc/drainwatch/hooks.d/")))
        .containsExactlyInAnyOrderElementsOf(
            HOOKS.stream().map(hook -> "etc/drainwatch/hooks.d/" + hook).toList());
    assertThat(dpkgDeb("--info", order.debianPackage().toString(), "conffiles"))
        .isEqualTo("/etc/drainwatch/drainwatch.yml\n");
  }

  @Test
  void everythingIsRootsAndOldAsTheSources() throws Exception {
    String time = order.time().toString().replace('T', ' ').replaceFirst(":00Z$", "");

    assertThat(listed())
        .allSatisfy((path, line) -> assertThat(line).contains(" root/root ", " " + time + " "));
    assertThat(listed().get("var/lib/drainwatch")).startsWith("drwx------ ");
    assertThat(listed().values())
        .allMatch(line -> line.matches("(drwxr-xr-x|-rwxr-xr-x|-rw-r--r--|l.{9}|drwx------) .*"));
  }

  @Test
  void hasTheSameBytesWhenItIsMadeAgain() throws Exception {
    Path again = directory.resolve("again.deb");
    new DebianPackage(order).write(again);

    assertThat(again).hasSameBinaryContentAs(order.debianPackage());
  }

  @Test
  void systemdMakesTheUserAndLeavesTheDirectoryToWhoeverHasIt() throws Exception {
    for (String tool : List.of("systemd-sysusers", "systemd-tmpfiles")) {
      assumeTrue(Files.isExecutable(Path.of("/usr/bin", tool)), tool + " is not installed");
    }
    assumeTrue(System.getProperty("user.name").equals("root"), "not root");
    Path root = Files.createDirectory(directory.resolve("root"));
    Files.createDirectory(root.resolve("etc"));
    Path users = Files.writeString(directory.resolve("users"), DebianLayout.resource("sysusers"));
    Path files = Files.writeString(directory.resolve("files"), DebianLayout.resource("tmpfiles"));
    Path state = root.resolve("var/lib/drainwatch");

    Processes.run(new ProcessBuilder("systemd-sysusers", "--root=" + root, users.toString()));
    ProcessBuilder make =
        new ProcessBuilder("systemd-tmpfiles", "--create", "--root=" + root, files.toString());
    Processes.run(make);
    Files.setAttribute(state, "unix:uid", 4711);
    Processes.run(make);

    assertThat(root.resolve("etc/passwd"))
        .content()
        .matches("drainwatch:x:\\d+:\\d+:Drainwatch:/var/lib/drainwatch:/usr/sbin/nologin\n");
    assertThat(Files.getAttribute(state, "unix:uid")).isEqualTo(4711);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state)))
        .isEqualTo("rwx------");
  }

  @Test
  void hasItsChecksum() throws Exception {
    Processes.run(
        new ProcessBuilder("sha256sum", "-c", order.debianPackage().getFileName() + ".sha256")
            .directory(order.directory().toFile()));
  }

  @Test
  void theCopyrightFileNamesTheLicenceOfEveryLibrary() throws Exception {
    String copyright = Copyright.of(order.home());

    for (String lib : List.of("lib", "azure")) {
      try (var jars = Files.list(order.home().resolve(lib))) {
        assertThat(jars.map(jar -> lib + "/" + jar.getFileName()))
            .filteredOn(path -> path.endsWith(".jar") && !path.contains("/drainwatch-"))
            .isNotEmpty()
            .allSatisfy(
                path ->
                    assertThat(copyright)
                        .containsPattern(
                            "Files: usr/lib/drainwatch/"
                                + path.replace(".", "\\.")
                                + "\nCopyright: .+\nLicense: (?!see the file).+\n"));
      }
    }
  }
}

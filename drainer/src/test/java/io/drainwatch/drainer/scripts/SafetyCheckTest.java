package io.drainwatch.drainer.scripts;

import static io.drainwatch.drainer.scripts.Refusal.Reason.BAD_INTERPRETER_LINE;
import static io.drainwatch.drainer.scripts.Refusal.Reason.FOREIGN_OWNER;
import static io.drainwatch.drainer.scripts.Refusal.Reason.NOT_A_REGULAR_FILE;
import static io.drainwatch.drainer.scripts.Refusal.Reason.NO_INTERPRETER_LINE;
import static io.drainwatch.drainer.scripts.Refusal.Reason.SET_USER_OR_GROUP;
import static io.drainwatch.drainer.scripts.Refusal.Reason.WRITABLE_BY_OTHERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class SafetyCheckTest {

  private static final int SOMEBODY = 54321;

  private ScriptFixtures scripts;
  private Path directory;

  @BeforeEach
  void makeDirectory(@TempDir Path temporary) {
    scripts = ScriptFixtures.in(temporary);
    directory = ScriptFixtures.directory(scripts.operator().resolve("drain"));
  }

  @Test
  void acceptsWhatBelongsToUs() {
    assertThat(reasonFor(scripts.script(directory, "x", "exit 0"))).isEmpty();
  }

  @Test
  @DisplayName("H04 refuses a foreign owner")
  void refusesForeignOwner() throws IOException {
    Path script = scripts.script(directory, "x", "exit 0");
    int daemon = DaemonProcess.uid();
    if (daemon == 0) {
      Files.setAttribute(script, "unix:uid", SOMEBODY);
    } else {
      daemon++; // then the file, and its directory, are somebody else's
    }

    assertThat(scripts.safetyCheck(daemon).refuses(script).map(Refusal::reason))
        .contains(FOREIGN_OWNER);
  }

  @Test
  @DisplayName("H04 refuses a directory on the way that belongs to somebody else")
  void refusesForeignParent() {
    Path script = scripts.script(directory, "x", "exit 0");
    SafetyCheck check =
        new SafetyCheck(
            path ->
                path.equals(scripts.operator())
                    ? new FileFacts.Facts(SOMEBODY, 0040755)
                    : scripts.trustingTheWay().of(path),
            DaemonProcess.uid(),
            true);

    assertThat(check.refuses(script))
        .contains(new Refusal(FOREIGN_OWNER, scripts.operator(), "uid " + SOMEBODY));
  }

  @Test
  @DisplayName("H04 accepts root's files for a daemon that is not root")
  void acceptsRootsFilesForAnOrdinaryDaemon() {
    Path script = scripts.script(directory, "x", "exit 0");
    FileFacts allOfRoot = path -> new FileFacts.Facts(0, scripts.trustingTheWay().of(path).mode());

    assertThat(new SafetyCheck(allOfRoot, SOMEBODY, true).refuses(script)).isEmpty();
  }

  @ParameterizedTest(name = "H04 refuses a script of mode {0}")
  @MethodSource("writableModes")
  void refusesWritableScript(String mode) {
    Path script = ScriptFixtures.mode(scripts.script(directory, "x", "exit 0"), mode);
    assertThat(reasonFor(script)).contains(WRITABLE_BY_OTHERS);
  }

  @ParameterizedTest(name = "H04 refuses a directory of mode {0}")
  @MethodSource("writableModes")
  void refusesWritableDirectory(String mode) {
    Path script = scripts.script(directory, "x", "exit 0");
    ScriptFixtures.mode(scripts.operator(), mode);
    assertThat(reasonFor(script)).contains(WRITABLE_BY_OTHERS);
  }

  static Stream<String> writableModes() {
    return Stream.of("rwxrwxr-x", "rwxr-xrwx");
  }

  @Test
  @DisplayName("H04 refuses a parent with mode 1777")
  void refusesStickyParent() throws IOException {
    Path script = scripts.script(directory, "x", "exit 0");
    Files.setAttribute(scripts.operator(), "unix:mode", 01777);

    assertThat(scripts.safetyCheck().refuses(script).map(Refusal::text))
        .contains(scripts.operator() + " is writable by group or others (mode 1777)");
  }

  @ParameterizedTest(name = "H04 refuses mode {0}")
  @MethodSource("setModes")
  void refusesSetuid(String name, int mode) throws IOException {
    Path script = scripts.script(directory, "x", "exit 0");
    Files.setAttribute(script, "unix:mode", mode);
    assertThat(reasonFor(script)).contains(SET_USER_OR_GROUP);
  }

  static Stream<Arguments> setModes() {
    return Stream.of(Arguments.of("setuid", 04755), Arguments.of("setgid", 02755));
  }

  @Test
  @DisplayName("H04 refuses a link into an unsafe directory")
  void refusesLinkIntoUnsafeDirectory() throws IOException {
    Path elsewhere = scripts.root().resolve("elsewhere/bin");
    Path target = scripts.script(elsewhere, "x", "exit 0");
    Path link = Files.createSymbolicLink(directory.resolve("x"), target);
    assertThat(reasonFor(link)).isEmpty();

    ScriptFixtures.mode(scripts.root().resolve("elsewhere"), "rwxrwxrwx");

    assertThat(reasonFor(link)).contains(WRITABLE_BY_OTHERS);
  }

  @Test
  @DisplayName("H04 looks at every hop, also of linked directories and relative links")
  void walksEveryHop() throws IOException {
    Path real = scripts.root().resolve("real");
    scripts.script(real.resolve("bin"), "x", "exit 0");
    Path hop = ScriptFixtures.directory(scripts.root().resolve("hop"));
    Files.createSymbolicLink(hop.resolve("dir"), Path.of("../real/bin"));
    Path link = Files.createSymbolicLink(directory.resolve("x"), hop.resolve("dir/x"));
    assertThat(reasonFor(link)).isEmpty();

    ScriptFixtures.mode(hop, "rwxrwxrwx");

    assertThat(scripts.safetyCheck().refuses(link).map(Refusal::path)).contains(hop);
  }

  @ParameterizedTest(name = "H05 {0}")
  @MethodSource("firstLines")
  void looksAtTheFirstBytes(String name, String content, Optional<Refusal.Reason> expected) {
    assertThat(reasonFor(scripts.file(directory, "x", content))).isEqualTo(expected);
  }

  static Stream<Arguments> firstLines() {
    return Stream.of(
        Arguments.of("refuses no #!", "exit 0\n", Optional.of(NO_INTERPRETER_LINE)),
        Arguments.of("refuses the empty file", "", Optional.of(NO_INTERPRETER_LINE)),
        Arguments.of(
            "refuses a byte order mark", "\ufeff#!/bin/sh\n", Optional.of(NO_INTERPRETER_LINE)),
        Arguments.of("refuses CR", "#!/bin/sh\r\nexit 0\r\n", Optional.of(BAD_INTERPRETER_LINE)),
        Arguments.of(
            "refuses CR behind an argument", "#!/bin/sh -e\r\n", Optional.of(BAD_INTERPRETER_LINE)),
        Arguments.of(
            "refuses a missing interpreter", "#!/no/such\n", Optional.of(BAD_INTERPRETER_LINE)),
        Arguments.of(
            "refuses one that is not executable",
            "#!/etc/passwd\n",
            Optional.of(BAD_INTERPRETER_LINE)),
        Arguments.of("refuses a directory", "#!/bin\n", Optional.of(BAD_INTERPRETER_LINE)),
        Arguments.of("refuses a relative one", "#!sh\n", Optional.of(BAD_INTERPRETER_LINE)),
        Arguments.of("refuses none", "#!\n", Optional.of(BAD_INTERPRETER_LINE)),
        Arguments.of(
            "refuses an endless line",
            "#!/bin/sh " + "x".repeat(300) + "\n",
            Optional.of(BAD_INTERPRETER_LINE)),
        Arguments.of("takes blanks and an argument", "#! \t/bin/sh -e\n", Optional.empty()),
        Arguments.of("takes env", "#!/usr/bin/env sh\n", Optional.empty()),
        Arguments.of("takes a line without an end", "#!/bin/sh", Optional.empty()),
        Arguments.of("takes ELF", "\177ELF\2\1\1", Optional.empty()));
  }

  @Test
  @DisplayName("H05 takes a real ELF program")
  void takesRealProgram() throws IOException {
    Path program = directory.resolve("x");
    Files.copy(Path.of("/bin/sh").toRealPath(), program);
    ScriptFixtures.mode(program, "rwxr-xr-x");
    assertThat(reasonFor(program)).isEmpty();
  }

  @Test
  @DisplayName("H05 says which reason")
  void saysWhy() {
    Path script = scripts.file(directory, "x", "#!/bin/sh\r\n");
    assertThat(scripts.safetyCheck().refuses(script).map(Refusal::text))
        .contains(script + " has a bad interpreter or CRLF line ends (the first line ends in CR)");
  }

  @Test
  @DisplayName("H05 refuses a relative interpreter, which would depend on the work directory")
  void refusesRelativeInterpreter() {
    Path script = scripts.file(directory, "x", "#!bin/sh\n");
    assertThat(scripts.safetyCheck().refuses(script).map(Refusal::detail))
        .contains("the interpreter 'bin/sh' is no absolute path");
  }

  @Test
  @DisplayName("H06 refuses a directory")
  void refusesDirectory() {
    assertThat(reasonFor(ScriptFixtures.directory(directory.resolve("x"))))
        .contains(NOT_A_REGULAR_FILE);
  }

  @Test
  @DisplayName("H06 refuses dangling, circular and foreign-typed links")
  void refusesDanglingLink() throws IOException {
    Path dangling = Files.createSymbolicLink(directory.resolve("x"), Path.of("nowhere"));
    Path circle = Files.createSymbolicLink(directory.resolve("y"), Path.of("y"));
    Path zero = Files.createSymbolicLink(directory.resolve("z"), Path.of("/dev/zero"));
    Path root = Files.createSymbolicLink(directory.resolve("r"), Path.of("/"));

    assertThat(reasonFor(dangling)).contains(NOT_A_REGULAR_FILE);
    assertThat(reasonFor(circle)).isPresent();
    assertThat(reasonFor(zero)).contains(NOT_A_REGULAR_FILE);
    assertThat(reasonFor(root)).contains(NOT_A_REGULAR_FILE);
  }

  @Test
  @DisplayName("H06 refuses a FIFO without opening it")
  void refusesFifo() throws Exception {
    Path fifo = directory.resolve("x");
    assumeThat(new ProcessBuilder("mkfifo", "-m", "0755", fifo.toString()).start().waitFor())
        .as("mkfifo works")
        .isZero();
    assertThat(reasonFor(fifo)).contains(NOT_A_REGULAR_FILE);
  }

  @Test
  void checksWithoutOwnersAndModesStillLookAtTheFile() {
    Path loose = ScriptFixtures.mode(scripts.script(directory, "x", "exit 0"), "rwxrwxrwx");
    Path bad = scripts.file(directory, "y", "exit 0\n");
    SafetyCheck check = SafetyCheck.withoutOwnersAndModes();

    assertThat(check.refuses(loose)).isEmpty();
    assertThat(check.refuses(bad).map(Refusal::reason)).contains(NO_INTERPRETER_LINE);
  }

  @Test
  void systemTellsOwnerAndMode() throws IOException {
    Path script = scripts.script(directory, "x", "exit 0");
    FileFacts.Facts facts = FileFacts.ofSystem().of(script);

    assertThat(facts).isEqualTo(new FileFacts.Facts(DaemonProcess.uid(), 0100755));
    assertThat(SafetyCheck.full().refuses(Path.of("/bin/sh")))
        .as("a program of the system, with the real way to it")
        .isEmpty();
  }

  private Optional<Refusal.Reason> reasonFor(Path script) {
    return scripts.safetyCheck().refuses(script).map(Refusal::reason);
  }
}

package io.drainwatch.watcher.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.drainwatch.watcher.house.FakeHouse.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a clone: which Java, what is built, what is started. */
@Timeout(60)
class LauncherTest {
  @TempDir Path root;
  private FakeHouse house;

  @BeforeEach
  void build() throws IOException {
    house = new FakeHouse(root);
  }

  private void javaHome(Path jdk) {
    house.environment.put("JAVA_HOME", jdk.toString());
  }

  @Test
  void startsTheProgramWithTheArgumentsAsTheyAre() throws Exception {
    house.built();
    javaHome(house.jdk("jdk", "25.0.1"));

    Outcome outcome = house.run("run", "two words", "", "*", "$HOME", "-x'\"");

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).as("Java's own").isEqualTo(7);
    assertThat(outcome.out())
        .contains("java=" + root.resolve("jdk/bin/java") + "\n", "umask=0022\n", "arenas=1\n")
        .contains("<-XX:+UseSerialGC>\n<-XX:TieredStopAtLevel=1>\n")
        .contains("<-Xss256k>\n<-XX:-UsePerfData>\n")
        .contains("<--enable-native-access=ALL-UNNAMED>\n")
        .endsWith(
            """
            <-classpath>
            <%1$s/watcher/target/drainwatch-watcher-1.jar:%1$s/watcher/target/lib/*>
            <io.drainwatch.watcher.Drainwatch>
            <run>
            <two words>
            <>
            <*>
            <$HOME>
            <-x'">
            """
                .formatted(house.home));
  }

  @Test
  void worksThroughLinksAndFromAnyDirectory() throws Exception {
    house.built();
    javaHome(house.jdk("jdk", "25"));
    Path bin = Files.createDirectories(root.resolve("usr/bin"));
    Path first = Files.createSymbolicLink(house.home.resolve("link"), Path.of("drainwatch"));
    Path second = Files.createSymbolicLink(bin.resolve("drainwatch"), bin.relativize(first));

    Outcome outcome = house.runAs(second, Path.of("/"), "status");

    assertThat(outcome.out()).contains("<" + house.home + "/watcher/target/");
    assertThat(house.runAs(Path.of("./drainwatch"), house.home, "status").out())
        .isEqualTo(outcome.out());
  }

  @Test
  void worksFromThePath() throws Exception {
    house.built();
    javaHome(house.jdk("jdk", "25"));
    house.environment.merge("PATH", house.home.toString(), (path, home) -> path + ":" + home);

    Outcome outcome = house.runAs(Path.of("/bin/sh"), root, "-c", "drainwatch status");

    assertThat(outcome.out()).endsWith("<status>\n");
  }

  @Test
  void prefersJavaHomeToThePathToTheUsualPlaces() throws Exception {
    house.built();
    Path usual = house.jdk("roots/jdk-25", "25.0.1");
    house.environment.put("DRAINWATCH_JVM_ROOTS", root + "/none:" + root.resolve("roots"));
    assertThat(house.run().out()).startsWith("java=" + usual + "/bin/java\n");

    Path onPath = house.jdk("on path", "26");
    Files.createSymbolicLink(root.resolve("tools/java"), onPath.resolve("bin/java"));
    assertThat(house.run().out()).startsWith("java=" + onPath + "/bin/java\n");

    Path named = house.jdk("named", "25");
    javaHome(named);
    assertThat(house.run().out()).startsWith("java=" + named + "/bin/java\n");
  }

  @Test
  void passesOverWhatIsTooOldOrNoJava() throws Exception {
    house.built();
    javaHome(house.jdk("jdk", "17.0.15"));
    house.jdk("roots/a", "24");
    house.jdk("roots/b", "1.8.0_400");
    FakeHouse.write(root.resolve("roots/c/bin/java"), "not executable");
    FakeHouse.write(root.resolve("roots/d"), "a file");
    Path fitting = house.jdk("roots/e", "25");
    house.environment.put("DRAINWATCH_JVM_ROOTS", root.resolve("roots").toString());

    assertThat(house.run().out()).startsWith("java=" + fitting + "/bin/java\n");
  }

  @Test
  void asksJavaItselfWhereThereIsNoReleaseFile() throws Exception {
    house.built();
    Path jdk = house.jdk("jdk", "25-ea");
    Files.delete(jdk.resolve("release"));
    javaHome(jdk);

    assertThat(house.run().out()).startsWith("java=" + jdk + "/bin/java\n");
  }

  @Test
  void saysPlainlyWhatIsMissingAndHowToGetIt() throws Exception {
    house.built();
    javaHome(house.jdk("jdk", "17.0.15"));

    Outcome outcome = house.run("run");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .startsWith("drainwatch: needs Java 25 or later, and there is none.\n")
        .contains("JAVA_HOME: " + root.resolve("jdk") + ", Java 17\n")
        .contains("openjdk-25-jdk", "https://adoptium.net");
  }

  @Test
  void buildsWhatIsNotBuiltAndSaysSoInOneLine() throws Exception {
    house.cloned();
    Path jdk = house.jdk("jdk", "25");
    javaHome(jdk);

    Outcome first = house.run("status");
    Outcome second = house.run("status");

    assertThat(house.calls()).containsExactly(jdk + " -q -B -Dmaven.test.skip=true package");
    assertThat(first.err()).startsWith("drainwatch: building").containsOnlyOnce("\n");
    assertThat(first.out()).startsWith("java=").endsWith("<status>\n");
    assertThat(second).isEqualTo(new Outcome(7, first.out(), ""));
  }

  @Test
  void buildsOnceWhenTwoStartAtOnce() throws Exception {
    assumeTrue(Files.exists(root.resolve("tools/flock")), "flock is not installed");
    house.cloned();
    javaHome(house.jdk("jdk", "25"));
    Path waiting = root.resolve("waiting");
    FakeHouse.executable(
        root.resolve("tools/flock"),
        "#!/bin/sh\necho flock >>'%s'\nexec %s \"$@\"\n".formatted(waiting, flock()));
    // a Maven that is not through before somebody writes "go" into the file
    house.maven(
        """
        echo "$*" >>calls
        until [ -s go ]; do :; done
        mkdir -p watcher/target/lib
        : >watcher/target/drainwatch-watcher-1.jar
        """);
    FakeHouse.Running first = house.start(house.home.resolve("drainwatch"), root, "first");
    try {
      await().until(() -> house.builds() == 1);
      FakeHouse.Running second = house.start(house.home.resolve("drainwatch"), root, "second");
      await().until(() -> Files.readAllLines(waiting).size() == 2);
      Files.writeString(house.home.resolve("go"), "go");

      assertThat(second.outcome().out()).endsWith("<second>\n");
    } finally {
      Files.writeString(house.home.resolve("go"), "go");
      assertThat(first.outcome().out()).endsWith("<first>\n");
    }
    assertThat(house.builds()).isEqualTo(1);
  }

  private static String flock() {
    return Files.isExecutable(Path.of("/usr/bin/flock")) ? "/usr/bin/flock" : "/bin/flock";
  }

  @Test
  void buildsAgainWhatWasEditedDuringABuild() throws Exception {
    house.built();
    javaHome(house.jdk("jdk", "25"));
    FakeHouse.touch(house.home.resolve("watcher/target/launcher-built"), "2021-01-01T00:00:00Z");
    FakeHouse.touch(house.home.resolve("pom.xml"), "2021-01-01T00:00:05Z");

    house.run();

    assertThat(house.builds()).isEqualTo(1);
  }

  @Test
  void givesMavenTheJavaItFound() throws Exception {
    house.cloned();
    house.maven("echo \"$(command -v java)\" >&2\nexit 1\n");
    Path old = house.jdk("old", "17");
    Files.createSymbolicLink(root.resolve("tools/java"), old.resolve("bin/java"));
    Path jdk = house.jdk("jdk", "25");
    javaHome(jdk);

    assertThat(house.run().err()).contains("  " + jdk + "/bin/java\n");
  }

  @Test
  void buildsAgainWhenASourceIsNewer() throws Exception {
    house.built();
    javaHome(house.jdk("jdk", "25"));
    house.run();
    assertThat(house.builds()).isZero();

    FakeHouse.renew(house.home.resolve("drainer/src/main/java/A.java"));
    house.run();

    assertThat(house.builds()).isEqualTo(1);
  }

  @Test
  void buildsAgainWhenASourceWasDeleted() throws Exception {
    house.built();
    javaHome(house.jdk("jdk", "25"));
    Files.delete(house.home.resolve("watcher/src/main/java/A.java"));
    FakeHouse.renew(house.home.resolve("watcher/src/main/java"));

    house.run();

    assertThat(house.builds()).isEqualTo(1);
  }

  @Test
  void buildsAgainWhenTheLibrariesAreGone() throws Exception {
    house.built();
    javaHome(house.jdk("jdk", "25"));
    Files.delete(house.home.resolve("watcher/target/lib"));

    house.run();

    assertThat(house.builds()).isEqualTo(1);
  }

  @Test
  void takesABuildMadeByHandForOne() throws Exception {
    house.built();
    Files.delete(house.home.resolve("watcher/target/launcher-built"));
    javaHome(house.jdk("jdk", "25"));

    house.run();

    assertThat(house.builds()).isZero();
  }

  @Test
  void startsNothingWhenTheBuildFails() throws Exception {
    house.built();
    FakeHouse.renew(house.home.resolve("pom.xml"));
    house.maven("echo '[ERROR] no such thing'\nexit 3\n");
    javaHome(house.jdk("jdk", "25"));

    Outcome outcome = house.run("run");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .contains("building failed", "ended with 3", "  [ERROR] no such thing")
        .contains("launcher-build.log");
    assertThat(house.run("run").code()).as("and not the second time either").isEqualTo(1);
  }

  @Test
  void saysThatBuildingNeedsACompiler() throws Exception {
    house.cloned();
    javaHome(house.jre("jre", "25"));

    Outcome outcome = house.run();

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("Java 25 but without javac, which building needs");
    assertThat(house.builds()).isZero();
  }

  @Test
  void runsOnARuntimeWithoutCompilerWhenItIsBuilt() throws Exception {
    house.built();
    javaHome(house.jre("jre", "25"));

    assertThat(house.run().out()).startsWith("java=" + root.resolve("jre"));
  }

  @Test
  void saysWhoCanBuildWhereItMayNotWrite() throws Exception {
    house.cloned();
    javaHome(house.jdk("jdk", "25"));
    Path watcher = house.home.resolve("watcher");
    Files.setPosixFilePermissions(watcher, PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeFalse(Files.isWritable(watcher), "root may write everywhere");

    Outcome outcome = house.run();

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("you may not write to " + house.home);
  }

  @Test
  void saysWhenItStandsAlone() throws Exception {
    Outcome outcome = house.run("run");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("neither a source tree nor an installation");
  }

  @Test
  void addsOptionsForJavaSplitAtSpacesOnly() throws Exception {
    house.built();
    javaHome(house.jdk("jdk", "25"));
    house.environment.put("DRAINWATCH_JAVA_OPTIONS", "-Xmx99m /*");

    assertThat(house.run("run").out()).contains("<-Xmx99m>\n</*>\n<-classpath>\n");
  }

  @Test
  void buildsWhatTalksToAzureForItsCommandsOnlyAndNeverPutsItOnTheClassPath() throws Exception {
    house.cloned().withAzure();
    Path jdk = house.jdk("jdk", "25");
    javaHome(jdk);

    Outcome status = house.run("status");
    Outcome azure = house.run("azure", "doctor");
    house.run("azure", "doctor");
    house.run("run");

    assertThat(house.calls())
        .containsExactly(
            jdk + " -q -B -Dmaven.test.skip=true -pl !watcher/azure package",
            jdk + " -q -B -Dmaven.test.skip=true package");
    assertThat(azure.out()).endsWith("<azure>\n<doctor>\n");
    assertThat(azure.out().replaceAll("<azure>\n<doctor>\n", ""))
        .isEqualTo(status.out().replaceAll("<status>\n", ""));
  }

  @Test
  void buildsWhatTalksToAzureAgainWhenItsSourcesAreNewer() throws Exception {
    house.cloned().withAzure();
    javaHome(house.jdk("jdk", "25"));
    house.run("azure");
    FakeHouse.renew(house.home.resolve("watcher/azure/src/main/java/A.java"));

    house.run("run");
    assertThat(house.builds()).isEqualTo(1);
    house.run("azure");
    assertThat(house.builds()).isEqualTo(2);
  }
}

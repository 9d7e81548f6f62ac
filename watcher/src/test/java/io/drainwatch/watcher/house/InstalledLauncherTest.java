package io.drainwatch.watcher.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.watcher.house.FakeHouse.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher in an installation: nothing is built, and caches and jars are as they came. */
@Timeout(60)
class InstalledLauncherTest {
  @TempDir Path root;
  private FakeHouse house;

  @BeforeEach
  void install() throws IOException {
    house = new FakeHouse(root);
    house.installed();
  }

  private void hasJava() throws IOException {
    house.environment.put("JAVA_HOME", house.jre("jre", "25").toString());
  }

  @Test
  void usesTheRuntimeThatThePackageBringsAndBuildsNothing() throws Exception {
    house.environment.put("JAVA_HOME", house.jdk("jdk", "25").toString());
    Path runtime = house.jre(house.home.getFileName() + "/runtime", "25");

    Outcome outcome = house.run("run");

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .startsWith("java=" + runtime + "/bin/java\n")
        .contains("<" + house.home + "/lib/*>\n");
  }

  @Test
  void findsJavaForAPackageWithoutOne() throws Exception {
    hasJava();

    assertThat(house.run("run").out()).startsWith("java=" + root.resolve("jre"));
  }

  @Test
  void usesAnArchiveOfClassesThatLiesThere() throws Exception {
    hasJava();
    assertThat(house.run().out()).doesNotContain("SharedArchiveFile");

    FakeHouse.write(house.home.resolve("lib/drainwatch.jsa"), "");

    assertThat(house.run().out())
        .contains("<-XX:ArchiveRelocationMode=0>\n")
        .contains(
            "<-XX:SharedArchiveFile=" + house.home + "/lib/drainwatch.jsa>\n<-Xlog:cds=off>\n");
  }

  @ParameterizedTest
  @CsvSource({
    "JAVA_TOOL_OPTIONS, -XX:AOTCache=/tmp/a.aot",
    "JDK_JAVA_OPTIONS, -Xlog:gc=off -Xshare:dump",
    "_JAVA_OPTIONS, -XX:SharedArchiveFile=/tmp/a.jsa",
    "DRAINWATCH_JAVA_OPTIONS, -XX:DumpLoadedClassList=/tmp/a"
  })
  void leavesTheArchiveWhereAnotherIsAskedFor(String variable, String options) throws Exception {
    hasJava();
    FakeHouse.write(house.home.resolve("lib/drainwatch.jsa"), "");
    house.environment.put(variable, options);

    assertThat(house.run().out())
        .doesNotContain("SharedArchiveFile=" + house.home)
        .contains("watcher.Drainwatch>");
  }

  @Test
  void takesTheArchiveOfTheDrainerForTheDrainerOnly() throws Exception {
    hasJava();
    FakeHouse.write(house.home.resolve("lib/drainwatch.jsa"), "");
    FakeHouse.write(house.home.resolve("lib/drainer.jsa"), "");

    assertThat(house.run("drainer").out())
        .contains("lib/drainer.jsa>")
        .doesNotContain("watch.jsa>");
    assertThat(house.run("run").out())
        .contains("lib/drainwatch.jsa>")
        .doesNotContain("drainer.jsa");
  }

  @Test
  void takesTheJarsInTheOrderThatTheDistributionSays() throws Exception {
    hasJava();
    FakeHouse.write(house.home.resolve("lib/classpath"), "classpath=$lib/b.jar:$lib/a.jar\n");

    assertThat(house.run("run").out())
        .contains("<%1$s/lib/b.jar:%1$s/lib/a.jar>\n".formatted(house.home));
  }

  @Test
  void findsADistributionFromItsBin() throws Exception {
    FakeHouse.write(house.home.resolve("lib/classpath"), "classpath=$lib/b.jar\n");
    Path runtime = house.jre(house.home.getFileName() + "/runtime", "25");
    Path bin = Files.createDirectory(house.home.resolve("bin"));
    Files.move(house.home.resolve("drainwatch"), bin.resolve("drainwatch"));
    Path link = Files.createSymbolicLink(root.resolve("drainwatch"), bin.resolve("drainwatch"));

    assertThat(house.runAs(link, Path.of("/"), "run").out())
        .startsWith("java=" + runtime + "/bin/java\n")
        .contains("<" + house.home + "/lib/b.jar>\n");
  }
}

package io.drainwatch.watcher.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tests of a module that has one JVM for them run side by side, class by class. */
class OneJvmTest {
  private static final Pattern OF_THE_JVM =
      Pattern.compile(
          "System\\.(set(Err|Out|In|Property|Properties)|clearProperty|gc)\\(|System::setProperty"
              + "|\\.setDefault\\w*\\("
              + "|getAllStackTraces|getHeapMemoryUsage|(total|free)Memory\\(");

  @ParameterizedTest
  @CsvSource({"drainer/src/test/java, 3", "watcher/azure/src/test/java, 2"})
  void whoChangesOrMeasuresWhatTheJvmHasOnceRunsAlone(String directory, int atLeast) {
    Map<Path, String> sources = Sources.below(directory);

    assertThat(sources.values())
        .filteredOn(OneJvmTest::isOfTheJvm)
        .hasSizeGreaterThanOrEqualTo(atLeast);
    assertThat(sources)
        .allSatisfy(
            (file, text) ->
                assertThat(isOfTheJvm(withoutWhatIsLocked(text)) && !runsAlone(text))
                    .as(file.toString())
                    .isFalse());
  }

  private static boolean isOfTheJvm(String text) {
    return OF_THE_JVM.matcher(text).find();
  }

  /** Who catches what is printed needs to be alone with those only who do so too. */
  private static String withoutWhatIsLocked(String text) {
    return text.contains("@ResourceLock(Resources.SYSTEM_ERR)")
        ? text.replace("System.setErr(", "")
        : text;
  }

  /** Or is a process of its own. */
  private static boolean runsAlone(String text) {
    return text.contains("\n@Isolated(") || text.contains(" static void main(");
  }
}

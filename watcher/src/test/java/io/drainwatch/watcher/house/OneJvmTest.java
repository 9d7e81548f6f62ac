package io.drainwatch.watcher.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The tests of the drainer run in one JVM, two classes at a time. */
class OneJvmTest {
  private static final Pattern OF_THE_JVM =
      Pattern.compile(
          "System\\.(set(Err|Out|In|Property|Properties)|clearProperty|gc)\\(|System::setProperty"
              + "|\\.setDefault\\w*\\("
              + "|getAllStackTraces|getHeapMemoryUsage|(total|free)Memory\\(");

  @Test
  void whoChangesOrMeasuresWhatTheJvmHasOnceRunsAlone() {
    Map<Path, String> sources = Sources.below("drainer/src/test/java");

    assertThat(sources.values()).filteredOn(OneJvmTest::isOfTheJvm).hasSizeGreaterThan(2);
    assertThat(sources)
        .allSatisfy(
            (file, text) ->
                assertThat(isOfTheJvm(text) && !runsAlone(text)).as(file.toString()).isFalse());
  }

  private static boolean isOfTheJvm(String text) {
    return OF_THE_JVM.matcher(text).find();
  }

  /** Or is a process of its own. */
  private static boolean runsAlone(String text) {
    return text.contains("\n@Isolated(") || text.contains(" static void main(");
  }
}

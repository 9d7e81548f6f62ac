package io.drainwatch.watcher.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkflowsTest {
  private static final String BUILD = ".github/workflows/build.yml";
  private static final String RELEASE = ".github/workflows/release.yml";
  private static final Pattern COMMAND = Pattern.compile("(?m)(?:^|run: )\\s*(\\./mvnw .*)$");
  private static final Pattern MADE =
      Pattern.compile("watcher/(dist|image)/target/\\w+/drainwatch");

  /** As people type them: -B is for logs, and on another JDK it is the same command. */
  private static List<String> commands(String file) throws Exception {
    return COMMAND
        .matcher(Repository.text(file))
        .results()
        .map(found -> found.group(1).replace(" -B", "").replaceFirst(" \"-Djvm=.*", "").strip())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {BUILD, RELEASE, ".ci/run"})
  void everyCommandOfMavenStandsInTheReadme(String file) throws Exception {
    String readme = Repository.text("README.md");

    assertThat(commands(file))
        .isNotEmpty()
        .allSatisfy(
            command ->
                assertThat(readme).containsPattern("(?m)(^|`)" + Pattern.quote(command) + "($|`)"));
  }

  /** What is released was tested before, by the same commands as every change. */
  @Test
  void aReleaseRunsTheTestsOfEveryChange() throws Exception {
    assertThat(commands(".ci/run")).containsExactly("./mvnw verify");
    assertThat(commands(RELEASE)).startsWith("./mvnw verify");
    assertThat(commands(BUILD)).contains("./mvnw verify", "./mvnw -Pdist package");
  }

  @Test
  void everythingThatIsReleasedHasItsChecksumBesideIt() throws Exception {
    List<String> uploaded =
        Repository.text(RELEASE)
            .lines()
            .filter(line -> MADE.matcher(line).find())
            .map(String::strip)
            .toList();

    assertThat(uploaded).hasSize(4).allMatch(path -> path.endsWith("*"));
    assertThat(Repository.text(RELEASE)).contains("sha256sum -c ./*.sha256");
  }

  /** A tag can be moved, a commit cannot. */
  @ParameterizedTest
  @ValueSource(strings = {BUILD, RELEASE})
  void usesActionsByCommit(String file) throws Exception {
    List<MatchResult> uses =
        Pattern.compile("uses: (.*)").matcher(Repository.text(file)).results().toList();

    assertThat(uses)
        .isNotEmpty()
        .allMatch(each -> each.group(1).matches("[\\w-]+/[\\w-]+@[0-9a-f]{40} # v.*"));
  }
}

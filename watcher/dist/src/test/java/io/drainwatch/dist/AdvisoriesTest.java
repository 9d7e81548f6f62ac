package io.drainwatch.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.drainwatch.dist.KnownVulnerabilities.Component;
import io.drainwatch.dist.KnownVulnerabilities.Judged;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Known vulnerabilities of what is shipped. {@code -Ddrainwatch.advisories=DIRECTORY} names one
 * with advisories in the OSV format, such as a checkout of github.com/github/advisory-database;
 * without it only the comparison itself is tested, on made-up advisories.
 */
class AdvisoriesTest {
  private static final Path EXAMPLES = Path.of("src/test/resources/advisories");
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
  private static final String NETTY = "org.example.net:codec";
  @TempDir Path directory;

  @Test
  void noneIsShippedThatNobodyHasJudged() throws Exception {
    String given = System.getProperty("drainwatch.advisories", "");
    assumeFalse(given.isBlank(), "no -Ddrainwatch.advisories=DIRECTORY: nothing was compared");
    Order order = Order.fromProperties();
    List<Component> shipped = KnownVulnerabilities.shipped(order.home().resolve(Bill.NAME));
    List<Advisory> advisories = Advisory.in(Path.of(given));
    System.out.printf("%d libraries against %d advisories%n", shipped.size(), advisories.size());

    assertThat(shipped).hasSizeGreaterThan(40);
    assertThat(advisories).as("a directory with advisories").hasSizeGreaterThan(100);
    assertThat(
            new KnownVulnerabilities(advisories, judged())
                .complaints(shipped, LocalDate.now(Clock.systemUTC())))
        .isEmpty();
  }

  private static List<Judged> judged() throws Exception {
    return KnownVulnerabilities.judged(Path.of("judged-advisories.tsv"));
  }

  @Test
  void whatWasJudgedIsWrittenAsItShouldBe() throws Exception {
    assertThat(judged()).doesNotHaveDuplicates();
  }

  private static List<String> complaints(String artifact, String version, Judged... judged)
      throws Exception {
    return new KnownVulnerabilities(Advisory.in(EXAMPLES), List.of(judged))
        .complaints(List.of(new Component(artifact, version)), TODAY);
  }

  @ParameterizedTest(name = "{0} is affected: {1}")
  @CsvSource({
    "3.9.0.Final, false",
    "4.0.0.Alpha1, false",
    "4.0.0.Final, true",
    "4.1.9.Final, true",
    "4.1.135.Final, true",
    "4.1.136.CR1, true",
    "4.1.136.Final, false",
    "4.1.136, false",
    "4.2.0.Final, true",
    "4.2.16.Final, false",
    "5.0.0, false",
  })
  void comparesVersionsAsMavenDoes(String version, boolean isAffected) throws Exception {
    assertThat(complaints(NETTY, version)).hasSize(isAffected ? 1 : 0);
  }

  @ParameterizedTest(name = "{0} is affected: {1}")
  @CsvSource({
    "0.1, true",
    "1.10, true",
    "1.10.1, false",
    "1.11, false",
    "2.0-jre, true",
    "3.0, true",
    "3.0.1, false"
  })
  void knowsTheLastAffectedAndWhatIsNamedAlone(String version, boolean isAffected)
      throws Exception {
    assertThat(complaints("org.example:yaml", version)).hasSize(isAffected ? 1 : 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"org.example:withdrawn", "org.example:of-npm", "org.example:other"})
  void saysNothingOfWhatIsNotConcerned(String artifact) throws Exception {
    assertThat(complaints(artifact, "1.0")).isEmpty();
  }

  @Test
  void namesLibraryVersionAndAdvisory() throws Exception {
    assertThat(complaints(NETTY, "4.1.100"))
        .containsExactly(
            "org.example.net:codec 4.1.100: GHSA-aaaa-bbbb-cccc CVE-2026-0001 (Made up: a queue"
                + " without a bound)");
  }

  private static Judged judgedUntil(LocalDate until) {
    return new Judged("CVE-2026-0001", NETTY, until, "we have no server that takes it in");
  }

  @Test
  void whatWasJudgedCountsUntilItsLastDay() throws Exception {
    assertThat(complaints(NETTY, "4.1.100", judgedUntil(TODAY))).isEmpty();
    assertThat(complaints(NETTY, "4.1.100", judgedUntil(TODAY.minusDays(1)))).hasSize(1);
  }

  @Test
  void whatWasJudgedForNothingIsToBeTakenOut() throws Exception {
    assertThat(complaints(NETTY, "4.1.136.Final", judgedUntil(TODAY)))
        .containsExactly("judged, but not found any more: CVE-2026-0001 of " + NETTY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CVE-2026-0001\torg.example:codec\t2027-01-01",
        "CVE-2026-0001\torg.example:codec\tsome day\tit does not concern us at all",
        "CVE-2026-0001\tcodec\t2027-01-01\tit does not concern us at all",
        "CVE-2026-0001\torg.example:codec\t2027-01-01\tno",
      })
  void aJudgementHasAReasonAndAnEnd(String line) throws Exception {
    Path file = Files.writeString(directory.resolve("judged.tsv"), line + "\n");

    assertThatThrownBy(() -> KnownVulnerabilities.judged(file))
        .isInstanceOfAny(
            IllegalArgumentException.class, java.time.format.DateTimeParseException.class);
  }

  @Test
  void readsOfABillWhatMavenBrought() throws Exception {
    assertThat(KnownVulnerabilities.shipped(EXAMPLES.resolve("sbom.cdx")))
        .containsExactly(new Component(NETTY, "4.1.100.Final"));
  }
}

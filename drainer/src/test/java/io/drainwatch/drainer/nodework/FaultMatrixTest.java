package io.drainwatch.drainer.nodework;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.model.Fault;
import io.drainwatch.drainer.model.Verb;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The fault matrix (reliability.md, L2): each request of a drain goes wrong in each way, so often,
 * over real sockets and under virtual time. What is to come of it is {@link FaultOutcome}'s, which
 * follows the specification; how many requests that may take is {@link FaultBound}'s, and what
 * people are told {@link FaultWords}'.
 */
class FaultMatrixTest {
  private static FaultPool pool;

  @BeforeAll
  static void begin() {
    pool = new FaultPool(FaultCase.all(), FaultMatrixTest::judge);
  }

  @AfterAll
  static void close() {
    pool.close();
  }

  static Stream<FaultCase> cases() {
    return FaultCase.all().stream();
  }

  @Test
  void isWhole() {
    List<FaultCase> all = FaultCase.all();
    assertThat(all).hasSize(736).doesNotHaveDuplicates();
    assertThat(Verb.ofTheFaultMatrix()).hasSize(8);
    assertThat(Fault.matrix()).hasSize(23);
  }

  @ParameterizedTest(name = "L2 {0}")
  @MethodSource("cases")
  void endsAsSpecified(FaultCase each) throws Exception {
    pool.expect(each);
  }

  private static void judge(FaultCase each, FaultRun run) {
    run.untilTheEnd();
    assertThat(run.outcome()).as("what comes of it; %s", run).isEqualTo(FaultOutcome.of(each));
    assertThat(run.requests(each.verb()))
        .as("how many requests to %s; %s", each.verb(), run)
        .isBetween(1L, FaultBound.of(each));
    assertThat(run.fastestAgain())
        .as("a second between two tries on a pod (I5); %s", run)
        .isGreaterThanOrEqualTo(1_000L);
    FaultWords.of(each).ifPresent(words -> assertThat(run.told()).containsPattern(words));
    run.quietMinute();
    run.allIsWell();
  }
}

package io.drainwatch.drainer.ways;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.ways.SmallWorld.Form;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * L5 on Kubernetes, both forms: I1 to I4, I7, and that all ends well. {@code
 * -Ddrainwatch.node-depth} says how often a way is disturbed at most. With one disturbance it comes
 * between any two steps of which the second is a request or a pause, with more between any two.
 */
class EveryWayTest {
  private static final int DEPTH = Integer.getInteger("drainwatch.node-depth", 1);

  @ParameterizedTest(name = "L5 {0}, {1}, {2}")
  @CsvSource({
    "AGENT, LIFE, CALM",
    "AGENT, CANCELLED, FOREIGN_RECORD",
    "AGENT, CANCELLED, CALM",
    "AGENT, URGENT, BUDGET_USED_UP",
    "CONTROLLER, LIFE, CALM",
    "CONTROLLER, CANCELLED, BUDGET_USED_UP",
    "CONTROLLER, CANCELLED, FOREIGN_RECORD",
    "CONTROLLER, URGENT, CALM"
  })
  @DisplayName("L5 whatever gets in between, no promise is broken and the Node is given back")
  void noPromiseIsBrokenOnAnyWay(Form form, Azure.Plot plot, Start start) {
    Search.Found found = Search.of(SmallWorld.of(form, plot, start), DEPTH, DEPTH > 1);
    assertThat(found.wrong()).as("%s", found.wrong().orElse("")).isEmpty();
    assertThat(found.states()).as("the world is not trivial").isGreaterThan(1_000);
  }
}

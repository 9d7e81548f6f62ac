package io.drainwatch.watcher.simulator.scenario;

import java.util.List;
import java.util.stream.Collectors;

/** A scenario or an order that cannot be carried out, with everything that is wrong with it. */
public final class InvalidScenario extends RuntimeException {

  private final transient List<Problem> problems;

  InvalidScenario(String what, List<Problem> problems) {
    super(
        what
            + " is not usable:"
            + problems.stream().map(problem -> "\n  " + problem).collect(Collectors.joining()));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}

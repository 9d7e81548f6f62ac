package io.drainwatch.drainer.distant;

import io.drainwatch.drainer.model.ModelRequest;
import io.drainwatch.drainer.model.Verb;
import io.drainwatch.drainer.promises.PromisedFigure;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a drain that nothing holds up asks of the API server, in form {@code controller}. */
class RequestsTest {
  /** Watches go on by themselves; Events have a limit of their own. */
  private static final Set<Verb> NOT_COUNTED = EnumSet.of(Verb.WATCH, Verb.POST_EVENT);

  @Test
  @DisplayName("n pods that nothing holds up take n + 12 requests at most, of watcher and drainer")
  void asksLittle() {
    TwoSided two = new TwoSided().pods(50, Duration.ofSeconds(1));
    two.api.latency(Duration.ofMillis(10));
    two.start().run("10S");
    Instant begun = two.cluster.now();
    two.platform(TwoSided.event("A", "Reboot", Duration.ofMinutes(15)));
    while (two.watcher.posted.isEmpty()) {
      two.run("0.1S");
    }
    List<ModelRequest> asked =
        two.api.requests().stream()
            .filter(each -> !each.at().isBefore(begun))
            .filter(each -> !NOT_COUNTED.contains(each.verb()))
            .toList();
    PromisedFigure promised = PromisedFigure.named("F05");
    promised.holds("controller", asked.size() - 50);
    promised.holds(
        "watches",
        two.api.requests(Verb.WATCH).stream()
            .filter(each -> each.target().startsWith("pods"))
            .count());
  }
}

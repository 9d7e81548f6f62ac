package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.watcher.daemon.CrashedVm.Outcome;
import io.drainwatch.watcher.daemon.DyingProcess.Way;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The crash matrix by process (L3): {@code drainwatch run} dies right before or after each side
 * effect of a maintenance, in each of three ways, and is started again. {@code
 * -Ddrainwatch.crashes=1} takes every point, 10 every tenth; in the ordinary command only the one
 * right before the acknowledgement leaves.
 */
@Timeout(36_000)
class ProcessCrashMatrixTest {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessCrashMatrixTest.class);
  private static final int EACH = Integer.getInteger("drainwatch.crashes", 0);
  private static final int AT_A_TIME = 3;

  /** A maintenance has a few side effects more or fewer when the machine is busy. */
  private static final int MAY_BE_MISSED = 8;

  private record Case(int point, String name, Way way) {
    @Override
    public String toString() {
      return "L3 #%03d %s, %s".formatted(point, name, way);
    }
  }

  private static final Map<Case, Future<Outcome>> RUNS = new LinkedHashMap<>();
  private static RunPlace place;
  private static Outcome undisturbed;
  private static ExecutorService several;

  @BeforeAll
  static void begin() throws Exception {
    place = RunPlace.find();
    undisturbed = live(-1, Way.NOT_AT_ALL);
    several = Executors.newFixedThreadPool(AT_A_TIME);
    allCases()
        .forEach(each -> RUNS.put(each, several.submit(() -> live(each.point(), each.way()))));
  }

  @AfterAll
  static void end() throws Exception {
    if (several != null) {
      several.shutdownNow();
      several.close();
      place.delete();
    }
  }

  private static Outcome live(int point, Way way) throws Exception {
    Path directory = Files.createDirectory(place.directory().resolve(point + "-" + way));
    try (CrashedVm vm = new CrashedVm(directory, point, way)) {
      return vm.live();
    }
  }

  static Set<Case> cases() {
    return RUNS.keySet();
  }

  private static List<Case> allCases() {
    List<Case> cases = new ArrayList<>();
    List<String> points = undisturbed.points();
    for (Way way : List.of(Way.KILL_9, Way.OUT_OF_MEMORY, Way.SIGTERM)) {
      for (int point = 0; point < points.size(); point++) {
        boolean wanted =
            EACH == 0
                ? points.get(point).equals("before MetadataClient.acknowledge")
                : (point + way.ordinal()) % EACH == 0;
        if (wanted) {
          cases.add(new Case(point, points.get(point), way));
        }
      }
    }
    return cases;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void endsAsIfItHadNotDied(Case each) throws Exception {
    Outcome outcome = RUNS.get(each).get();
    if (each.point() < outcome.points().size()) {
      assertThat(outcome.died()).as("it died").isPresent();
      assertThat(outcome.processes()).isEqualTo(2);
    } else {
      assertThat(each.point())
          .as("it came to its end before")
          .isGreaterThanOrEqualTo(undisturbed.points().size() - MAY_BE_MISSED);
    }
    assertThat(outcome.end()).isEqualTo(undisturbed.end());
    assertThat(outcome.posts()).as("the same POST twice at most").hasSizeBetween(1, 2);
    assertThat(outcome.runs()).as("no script a third time").isLessThanOrEqualTo(2);
  }

  @Test
  void theOneThatDoesNotDieGoesTheWholeWay() {
    assertThat(undisturbed.died()).isEmpty();
    assertThat(undisturbed.end().summaries()).containsExactly("RETURNED COMPLETE");
    assertThat(undisturbed.posts()).hasSize(1);
    assertThat(undisturbed.end().scripts()).hasSize(9);
    assertThat(undisturbed.runs()).isEqualTo(1);
    assertThat(undisturbed.points()).hasSizeGreaterThan(80);
  }

  @Test
  void theMatrixReachesEveryPhase() throws Exception {
    Map<String, Integer> died = new TreeMap<>();
    for (Future<Outcome> run : RUNS.values()) {
      run.get().died().ifPresent(state -> died.merge(state, 1, Integer::sum));
    }
    LOG.info("{} points, {} cases, died in {}", undisturbed.points().size(), RUNS.size(), died);
    if (EACH == 1) {
      assertThat(died).containsKeys("CORDONED", "DRAINING", "DRAINED", "MAINTENANCE_STARTED");
    } else {
      assertThat(died).isNotEmpty();
    }
  }
}

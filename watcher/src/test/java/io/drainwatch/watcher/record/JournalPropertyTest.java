package io.drainwatch.watcher.record;

import static io.drainwatch.watcher.record.Records.AT;
import static io.drainwatch.watcher.record.Records.recordOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.watcher.record.AppendResult.Appended;
import io.drainwatch.watcher.record.FaultyDisk.Operation;
import io.drainwatch.watcher.record.JournalFinding.NotForced;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class JournalPropertyTest {
  private static final Path DIRECTORY = Path.of("state");

  enum Kind {
    APPEND,
    KILL_THE_PROCESS,
    CRASH_THE_MACHINE
  }

  /**
   * @param faults operations that fail during this step
   * @param space bytes that can be written during it
   * @param dice what a crash loses
   */
  record Step(Kind kind, Set<Operation> faults, int space, int size, int dice) {}

  @Provide
  Arbitrary<List<Step>> histories() {
    Arbitrary<Set<Operation>> faults =
        Arbitraries.of(Operation.class)
            .filter(operation -> operation != Operation.READ)
            .set()
            .ofMaxSize(3);
    Arbitrary<Integer> space =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.just(100_000)),
            Tuple.of(1, Arbitraries.integers().between(0, 400)));
    Arbitrary<Kind> kind = Arbitraries.of(Kind.class);
    return Combinators.combine(
            kind,
            Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.just(Set.<Operation>of())), Tuple.of(1, faults)),
            space,
            Arbitraries.integers().between(0, 300),
            Arbitraries.integers())
        .as(Step::new)
        .list()
        .ofMaxSize(40);
  }

  /** What open finds is the last record appended, or one tried later; and it is never torn. */
  @Property(tries = 2_000)
  void findsTheLastAppendedRecordOrALaterOne(@ForAll("histories") List<Step> steps) {
    MemoryDisk memory = new MemoryDisk();
    FaultyDisk disk = new FaultyDisk(memory);
    Journal journal = Journal.open(DIRECTORY, disk, 1_000).journal();
    int tried = 0;
    int durable = 0;
    for (Step step : steps) {
      disk.heal();
      disk.leave(step.space());
      disk.fail(step.faults().toArray(Operation[]::new));
      if (step.kind() == Kind.APPEND) {
        tried++;
        if (journal.append(recordOf(tried, step.size()), AT) instanceof Appended) {
          durable = tried;
        }
        continue;
      }
      if (step.kind() == Kind.CRASH_THE_MACHINE) {
        memory.crash(new Random(step.dice()));
      }
      Journal.Opened opened = Journal.open(DIRECTORY, disk, 1_000);
      int found = opened.last().map(Records::number).orElse(0);
      assertThat(found).isBetween(durable, tried);
      if (opened.findings().stream().noneMatch(NotForced.class::isInstance)) {
        durable = found;
      }
      journal = opened.journal();
    }
  }
}

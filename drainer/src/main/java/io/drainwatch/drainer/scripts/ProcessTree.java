package io.drainwatch.drainer.scripts;

import io.drainwatch.drainer.scripts.Signals.Signal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The script's process and what belongs to it. */
sealed interface ProcessTree {

  /** What of it runs now, zombies not counted. */
  List<ProcessStat> alive();

  void signal(Signal signal);

  /**
   * The script leads a process group: all in it belong to it, orphans too. So does the script's
   * process itself: it is started in the daemon's group and leaves that a moment later.
   */
  record Group(Process root, ProcessTable table, Signals signals) implements ProcessTree {
    /** Once the script is collected the usual case is an empty group: no need to read /proc. */
    @Override
    public List<ProcessStat> alive() {
      if (!root.isAlive() && !signals.isThereGroup(root.pid())) {
        return List.of();
      }
      return table.alive().stream()
          .filter(process -> isInGroup(process) || isRoot(process))
          .toList();
    }

    @Override
    public void signal(Signal signal) {
      List<ProcessStat> alive = alive();
      signals.toGroup(root.pid(), alive.stream().filter(this::isInGroup).toList(), signal);
      alive.stream()
          .filter(process -> !isInGroup(process))
          .forEach(process -> signals.toProcess(process, signal));
    }

    private boolean isInGroup(ProcessStat process) {
      return process.group() == root.pid();
    }

    /** Once it has been waited for, its number may be anybody's. */
    private boolean isRoot(ProcessStat process) {
      return process.pid() == root.pid() && root.isAlive();
    }
  }

  /**
   * Where there is no {@code setsid} the script shares the daemon's group, which must never be
   * signalled: its descendants as seen so far belong to it. A process whose parent ended before we
   * looked is missed.
   */
  final class Descendants implements ProcessTree {

    private record Known(long pid, long startTicks) {
      static Known of(ProcessStat process) {
        return new Known(process.pid(), process.startTicks());
      }
    }

    private final long root;
    private final ProcessTable table;
    private final Signals signals;
    private final Set<Known> known = new HashSet<>();

    Descendants(long root, ProcessTable table, Signals signals) {
      this.root = root;
      this.table = table;
      this.signals = signals;
      // the root is ours while it has not been waited for: right after the start it has not
      table.alive().stream()
          .filter(process -> process.pid() == root)
          .forEach(process -> known.add(Known.of(process)));
    }

    @Override
    public synchronized List<ProcessStat> alive() {
      List<ProcessStat> all = table.alive();
      Set<Long> family = new HashSet<>();
      boolean grows = true;
      while (grows) {
        grows = false;
        for (ProcessStat process : all) {
          boolean belongs = known.contains(Known.of(process)) || family.contains(process.parent());
          if (belongs && family.add(process.pid())) {
            known.add(Known.of(process));
            grows = true;
          }
        }
      }
      return all.stream().filter(process -> family.contains(process.pid())).toList();
    }

    @Override
    public void signal(Signal signal) {
      alive().forEach(process -> signals.toProcess(process, signal));
    }

    @Override
    public String toString() {
      return "descendants of " + root;
    }
  }
}

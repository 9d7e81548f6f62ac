package io.drainwatch.drainer.cluster;

import io.drainwatch.drainer.cluster.Cluster.BudgetListener;
import io.drainwatch.drainer.pods.DisruptionBudget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One watch of the disruption budgets for all who drain; open as long as somebody does.
 *
 * <p>What a budget selects is told to everybody. That it lets pods go again is told to as many of
 * those who wait for it as pods may go, to each in turn: a hundred Nodes would else ask at the same
 * moment for the one pod that may.
 */
final class SharedBudgets {
  private static final Logger LOG = LoggerFactory.getLogger(SharedBudgets.class);

  private final Function<BudgetWatch.Listener, Begins> maker;
  private final Set<Member> members = new LinkedHashSet<>();
  private final Map<String, BudgetStatus> known = new HashMap<>();
  private BudgetsSeen seen = BudgetsSeen.UNKNOWN;
  private Optional<Source> source = Optional.empty();
  private boolean refusalSaid;

  /**
   * @param maker of a watch that is not begun yet
   */
  SharedBudgets(Function<BudgetWatch.Listener, Begins> maker) {
    this.maker = maker;
  }

  /** A watch that says nothing before it is started. */
  interface Begins extends Cluster.Watching {
    void start();
  }

  // each is another, whatever its listener is
  private static final class Member {
    private final BudgetListener listener;

    private Member(BudgetListener listener) {
      this.listener = listener;
    }
  }

  Cluster.Watching join(BudgetListener listener) {
    Member member = new Member(listener);
    Optional<Begins> begins = Optional.empty();
    synchronized (this) {
      members.add(member);
      listener.seen(seen);
      if (source.isEmpty()) {
        Source opened = new Source();
        opened.watch = Optional.of(maker.apply(opened));
        source = Optional.of(opened);
        begins = opened.watch;
      }
    }
    begins.ifPresent(Begins::start);
    return () -> leave(member);
  }

  private void leave(Member member) {
    Optional<Begins> ends;
    synchronized (this) {
      members.remove(member);
      if (!members.isEmpty()) {
        return;
      }
      ends = source.flatMap(each -> each.watch);
      source = Optional.empty();
      known.clear();
      seen = BudgetsSeen.UNKNOWN;
    }
    ends.ifPresent(Begins::close); // outside: it waits for what it is just telling
  }

  void close() {
    List<Member> all;
    synchronized (this) {
      all = List.copyOf(members);
    }
    all.forEach(this::leave);
  }

  /** What an older watch still says does not count once another was begun. */
  private final class Source implements BudgetWatch.Listener {
    private Optional<Begins> watch = Optional.empty();

    private void hear(Runnable news) {
      synchronized (SharedBudgets.this) {
        if (source.filter(this::equals).isPresent()) {
          news.run();
        }
      }
    }

    @Override
    public void listed(List<BudgetStatus> all) {
      hear(() -> replace(all));
    }

    @Override
    public void is(BudgetStatus budget) {
      hear(() -> take(List.of(budget), Set.of()));
    }

    @Override
    public void isGone(String key) {
      hear(() -> take(List.of(), Set.of(key)));
    }

    @Override
    public void refused(String why) {
      hear(() -> forget(why));
    }
  }

  private void replace(List<BudgetStatus> all) {
    if (refusalSaid) {
      refusalSaid = false;
      LOG.info("PodDisruptionBudgets can be read now");
    }
    Set<String> gone = new HashSet<>(known.keySet());
    all.forEach(each -> gone.remove(each.key()));
    take(all, gone);
  }

  private void take(List<BudgetStatus> now, Set<String> gone) {
    boolean isNews = known.keySet().removeAll(gone) || !seen.isKnown();
    List<BudgetStatus> opened = new ArrayList<>();
    for (BudgetStatus budget : now) {
      Optional<BudgetStatus> before = Optional.ofNullable(known.put(budget.key(), budget));
      isNews |= !before.map(BudgetStatus::budget).equals(Optional.of(budget.budget()));
      if (before.map(budget::hasOpenedSince).orElseGet(budget::isOpen)) {
        opened.add(budget);
      }
    }
    if (isNews) {
      tell(BudgetsSeen.of(known.values().stream().map(BudgetStatus::budget).toList()));
    }
    opened.forEach(this::wake);
  }

  private void wake(BudgetStatus opened) {
    DisruptionBudget budget = opened.budget();
    long left = opened.allowed();
    for (Member member : List.copyOf(members)) {
      if (left > 0 && member.listener.waitsFor(budget.namespace(), budget.name())) {
        left--;
        members.remove(member); // to the end
        members.add(member);
        member.listener.opened(budget.namespace(), budget.name());
      }
    }
  }

  private void forget(String why) {
    if (!refusalSaid) {
      refusalSaid = true;
      LOG.warn(
          "PodDisruptionBudgets cannot be read: drains go by the answers to evictions alone, and"
              + " look again in some minutes: {}",
          Line.of(why));
    }
    if (seen.isKnown()) {
      known.clear();
      tell(BudgetsSeen.UNKNOWN);
    }
  }

  private void tell(BudgetsSeen all) {
    seen = all;
    members.forEach(member -> member.listener.seen(all));
  }
}

package io.drainwatch.drainer.cleaning;

import io.drainwatch.drainer.cluster.Cluster.Watching;
import io.drainwatch.drainer.cluster.StatefulCluster;
import io.drainwatch.drainer.desk.Desk;
import io.drainwatch.drainer.scaledown.OrdinalPod;
import io.drainwatch.drainer.scaledown.SetFacts;
import io.drainwatch.drainer.scaledown.SetId;
import io.drainwatch.drainer.scaledown.Sweep;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clean-up while we lead: from what watches tell to rounds. Watches tell on their own threads
 * and only change the view and the set of names to be looked at; all else is done at the desk, one
 * piece at a time.
 */
final class Term {
  private static final Logger LOG = LoggerFactory.getLogger(Term.class);
  static final Duration RESYNC = Duration.ofSeconds(30);

  /** A view that lies behind catches up within this time. */
  private static final Duration SOON = Duration.ofSeconds(1);

  private final StatefulCluster cluster;
  private final Scope scope;
  private final Desk desk;
  private final InstantSource clock;
  private final DoubleSupplier chance;
  private final CleaningListener listener;
  private final View view;
  private final Round round;
  private final Instant begunAt;
  private volatile boolean ended;

  // under its own lock
  private final Set<View.Key> waiting = new LinkedHashSet<>();
  private final List<Watching> watches = new ArrayList<>();

  // of the desk
  private final Map<View.Key, Integer> failures = new HashMap<>();
  private final Map<View.Key, Instant> notBefore = new HashMap<>();
  private final Map<View.Key, Instant> alarms = new HashMap<>();
  private final Map<View.Key, SetId> told = new HashMap<>();

  /**
   * @param mayLead whether we still lead, exactly at that moment
   */
  Term(
      StatefulCluster cluster,
      Scope scope,
      Desk desk,
      InstantSource clock,
      DoubleSupplier chance,
      BooleanSupplier mayLead,
      CleaningListener listener) {
    this.cluster = cluster;
    this.scope = scope;
    this.desk = desk;
    this.clock = clock;
    this.chance = chance;
    this.listener = listener;
    view = new View(scope);
    begunAt = clock.instant();
    round = new Round(cluster, view, clock, () -> !ended && mayLead.getAsBoolean(), listener);
  }

  void begin() {
    keep(cluster.watchNodes(heard(view::nodesAre, view::is, view::isGone)));
    for (String namespace : scope.namespaces()) {
      keep(
          cluster.watchSets(
              namespace, heard(all -> view.setsAre(namespace, all), view::is, view::isGone)));
      keep(
          cluster.watchClaims(
              namespace, heard(all -> view.claimsAre(namespace, all), view::is, view::isGone)));
      keep(
          cluster.watchPods(
              namespace, heard(all -> view.podsAre(namespace, all), view::is, view::isGone)));
    }
    desk.at(clock.instant().plus(RESYNC), this::resync);
  }

  private void keep(Watching watching) {
    synchronized (watches) {
      watches.add(watching);
    }
  }

  /** No request begins after this; one that is under way ends by its limit. */
  void end() {
    ended = true;
    List<Watching> all;
    synchronized (watches) {
      all = List.copyOf(watches);
      watches.clear();
    }
    all.forEach(Watching::close);
  }

  private <T> StatefulCluster.Listener<T> heard(
      Function<List<T>, Set<View.Key>> are,
      Function<T, Set<View.Key>> is,
      Function<T, Set<View.Key>> isGone) {
    return new StatefulCluster.Listener<>() {
      @Override
      public void are(List<T> all) {
        wake(are.apply(all));
        desk.run(Term.this::sweep);
      }

      @Override
      public void is(T one) {
        wake(is.apply(one));
      }

      @Override
      public void isGone(T one) {
        wake(isGone.apply(one));
      }
    };
  }

  private void wake(Collection<View.Key> keys) {
    for (View.Key key : keys) {
      boolean isNew;
      synchronized (waiting) {
        isNew = waiting.add(key);
      }
      if (isNew) {
        desk.run(() -> work(key));
      }
    }
  }

  private void work(View.Key key) {
    synchronized (waiting) {
      waiting.remove(key); // what is told from now on is looked at again
    }
    if (ended || !view.isComplete(key.namespace())) {
      return; // woken again once it is
    }
    Instant now = clock.instant();
    if (!view.knowsNodes() && waitsForNodes(now)) {
      return; // as above, and with the first resync
    }
    Instant pause = notBefore.getOrDefault(key, now);
    // one that lies further ahead is of before the clock was set back
    if (pause.isAfter(now) && pause.isBefore(now.plus(RetryPace.BOUND))) {
      alarm(key, pause);
      return;
    }
    keepTold(key);
    Round.Outcome outcome;
    try {
      outcome = round.look(key);
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error("StatefulSet {}: a look at it failed in an unforeseen way", key, e);
      outcome = new Round.Outcome.Failed("a bug");
    }
    settle(key, outcome);
  }

  // what a pod may tolerate goes by the Nodes' taints; but without them there is a clean-up too
  private boolean waitsForNodes(Instant now) {
    return now.isBefore(begunAt.plus(RESYNC)) && !now.isBefore(begunAt);
  }

  private void keepTold(View.Key key) {
    Optional<SetId> is = view.set(key).map(SetFacts::id);
    Optional<SetId> was =
        Optional.ofNullable(is.isPresent() ? told.put(key, is.get()) : told.remove(key));
    was.filter(id -> !is.equals(Optional.of(id))).ifPresent(listener::isGone);
  }

  private void settle(View.Key key, Round.Outcome outcome) {
    switch (outcome) {
      case Round.Outcome.Fine(Optional<Instant> again) -> {
        failures.remove(key);
        notBefore.remove(key);
        again.ifPresent(at -> alarm(key, at));
      }
      case Round.Outcome.Behind _ -> alarm(key, clock.instant().plus(SOON));
      case Round.Outcome.Failed(String why) -> {
        int count = failures.merge(key, 1, Integer::sum);
        Duration wait = RetryPace.after(count, chance.getAsDouble());
        LOG.warn(
            "StatefulSet {}/{}: looked at again in {} s, since {}",
            key.namespace(),
            key.set(),
            wait.toMillis() / 1000.0,
            why);
        Instant at = clock.instant().plus(wait);
        notBefore.put(key, at);
        alarm(key, at);
      }
    }
  }

  private void alarm(View.Key key, Instant at) {
    Instant set = alarms.get(key);
    if (set != null && !set.isAfter(at) && set.isAfter(clock.instant())) {
      return;
    }
    alarms.put(key, at);
    desk.at(
        at,
        () -> {
          if (!ended) {
            alarms.remove(key, at);
            wake(Set.of(key));
          }
        });
  }

  private void resync() {
    if (ended) {
      return;
    }
    desk.at(clock.instant().plus(RESYNC), this::resync); // first: whatever fails, it goes on
    wake(view.keys());
    sweep();
  }

  private void sweep() {
    if (ended) {
      return;
    }
    for (OrdinalPod pod : Sweep.strays(view.setIds(), view.ours())) {
      if (view.isComplete(pod.namespace())) {
        sweep(pod);
      }
    }
  }

  private void sweep(OrdinalPod pod) {
    try {
      round.sweep(pod);
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error(
          "clean-up pod {}/{}: could not be swept in an unforeseen way, tried again in {} s",
          pod.namespace(),
          pod.name(),
          RESYNC.toSeconds(),
          e);
    }
  }
}

package io.drainwatch.drainer.cleaning;

import io.drainwatch.drainer.cluster.StatefulCluster;
import io.drainwatch.drainer.pods.LabelSelector;
import io.drainwatch.drainer.pods.PodPhase;
import io.drainwatch.drainer.scaledown.Attempts;
import io.drainwatch.drainer.scaledown.OrdinalPod;
import io.drainwatch.drainer.scaledown.SetFacts;
import io.drainwatch.drainer.scaledown.SetId;
import io.drainwatch.drainer.scaledown.Standing;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** A cleaner on paper: what happens to it, and what it does. */
final class CleanerRun {
  static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final int MOST_STEPS = 100_000;

  final PaperDesk desk = new PaperDesk(NOON);
  final PaperCluster cluster = new PaperCluster(desk);
  final List<String> told = new ArrayList<>();
  Optional<Standing> standing = Optional.empty();
  int crashes;
  private AtomicBoolean holds = new AtomicBoolean(true);
  private Cleaner cleaner = cleaner();

  private Cleaner cleaner() {
    AtomicBoolean mine = new AtomicBoolean(true);
    holds = mine;
    return new Cleaner(
        heardOnlyWhile(mine),
        Scope.of(PaperCluster.SPACE),
        desk,
        desk,
        () -> 0.5,
        mine::get,
        new CleaningListener() {
          @Override
          public void stands(SetId set, Standing now, Instant at) {
            standing = Optional.of(now);
          }

          @Override
          public void isGone(SetId set) {
            told.add("gone " + set.name());
          }

          @Override
          public void ended(SetId set, boolean succeeded, Duration lasted) {
            told.add((succeeded ? "succeeded " : "failed ") + lasted.toSeconds() + " s");
          }

          @Override
          public void retried(SetId set) {
            told.add("retried");
          }

          @Override
          public void claimDeleted(SetId set) {
            told.add("claim deleted");
          }

          @Override
          public void failed(SetId set) {
            told.add("could not");
          }
        });
  }

  /** The same server, which takes notice of whoever writes without the Lease. */
  private StatefulCluster heardOnlyWhile(AtomicBoolean leads) {
    return (StatefulCluster)
        Proxy.newProxyInstance(
            StatefulCluster.class.getClassLoader(),
            new Class<?>[] {StatefulCluster.class},
            (_, method, arguments) -> {
              boolean writes = method.getName().matches("(patch|create|delete|tell).*");
              if (writes && !leads.get()) {
                cluster.broken.add(method.getName() + " without the Lease");
              }
              try {
                return method.invoke(cluster, arguments);
              } catch (InvocationTargetException e) {
                throw Objects.requireNonNull(e.getCause());
              }
            });
  }

  /** Another replica has the Lease; the one that had it has not heard of that yet. */
  void anotherLeads() {
    holds.set(false);
    cleaner = cleaner();
    cleaner.start();
  }

  /** Nobody has it. */
  void losesTheLease() {
    holds.set(false);
  }

  static SetFacts set(String name, int replicas, boolean parallel, String... claimTemplates) {
    return new SetFacts(
        new SetId(PaperCluster.SPACE, name, "uid-of-" + name),
        "1",
        Optional.of(new SetFacts.Template("{\"spec\":{\"containers\":[{\"name\":\"c\"}]}}", false)),
        false,
        List.of(),
        false,
        0,
        replicas,
        parallel,
        SetFacts.Retention.RETAIN,
        Optional.of(new LabelSelector(Map.of("app", name), List.of())),
        List.of(claimTemplates),
        Map.of(),
        Attempts.NONE);
  }

  /** The same, made anew. */
  static SetFacts set(SetFacts as, String uid) {
    return new SetFacts(
        new SetId(PaperCluster.SPACE, as.id().name(), uid),
        "1",
        as.template(),
        false,
        List.of(),
        false,
        0,
        as.replicas(),
        as.isParallel(),
        as.retention(),
        as.selector(),
        as.claimTemplates(),
        Map.of(),
        Attempts.NONE);
  }

  CleanerRun with(SetFacts set) {
    cluster.put(set);
    for (int i = 0; i < 2 * set.replicas() + 2; i++) {
      cluster.control();
    }
    return this;
  }

  CleanerRun start() {
    cleaner.start();
    return this;
  }

  void stop() {
    cleaner.stop();
  }

  /** Another process takes over; whatever this one knew is gone. */
  void crash() {
    crashes++;
    cluster.crashAt = -1;
    cleaner.stop();
    desk.forget();
    cluster.forgetWatches();
    cleaner = cleaner();
    cleaner.start();
  }

  boolean step() {
    try {
      return desk.step();
    } catch (PaperCluster.Crash e) {
      crash();
      return true;
    }
  }

  /** All news is told, all that is due is done. */
  CleanerRun settle() {
    for (int i = 0; i < MOST_STEPS; i++) {
      cluster.deliverAll();
      if (!step()) {
        return this;
      }
    }
    throw new AssertionError("it does not come to rest: " + cluster.requests.subList(0, 50));
  }

  CleanerRun pass(Duration time) {
    desk.pass(time);
    return settle();
  }

  /** Kubernetes does its part once; clean-up pods go on as is said. */
  void live(Function<OrdinalPod, PodPhase> next) {
    cluster.control();
    cluster.reap();
    for (OrdinalPod pod : cluster.pods()) {
      if (pod.owner().isPresent()) {
        cluster.run(pod.name(), next.apply(pod));
      }
    }
  }

  static PodPhase succeeding(OrdinalPod pod) {
    return pod.phase() == PodPhase.PENDING ? PodPhase.RUNNING : PodPhase.SUCCEEDED;
  }

  /** So many seconds of ordinary life, in which clean-ups succeed. */
  CleanerRun live(int seconds) {
    for (int i = 0; i < seconds; i++) {
      live(CleanerRun::succeeding);
      pass(Duration.ofSeconds(1));
    }
    return this;
  }
}

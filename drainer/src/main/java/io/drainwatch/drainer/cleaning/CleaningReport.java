package io.drainwatch.drainer.cleaning;

import io.drainwatch.drainer.cluster.StatefulCluster;
import io.drainwatch.drainer.cluster.StatefulCluster.Listed;
import io.drainwatch.drainer.scaledown.ClaimFacts;
import io.drainwatch.drainer.scaledown.OrdinalPod;
import io.drainwatch.drainer.scaledown.ScaleDown;
import io.drainwatch.drainer.scaledown.SetFacts;
import io.drainwatch.drainer.scaledown.SetId;
import io.drainwatch.drainer.scaledown.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How the scale-downs of all sets stand, found out by whoever asks, without the cleaner.
 *
 * @param managed sets that have a template
 * @param open those of them of which there is something to tell, by name
 */
public record CleaningReport(int managed, List<Entry> open) {
  public CleaningReport {
    open = List.copyOf(open);
  }

  public record Entry(SetId set, boolean isTerminating, Standing standing) {}

  /** What came of asking. */
  public sealed interface Result {
    record Complete(CleaningReport report) implements Result {}

    record Failed(String why) implements Result {}
  }

  /** Three lists for each namespace; writes nothing. */
  public static Result read(StatefulCluster cluster, Scope scope, Instant now) {
    View view = new View(scope);
    for (String namespace : scope.namespaces()) {
      Optional<String> trouble = read(cluster, namespace, view);
      if (trouble.isPresent()) {
        return new Result.Failed(trouble.get());
      }
    }
    List<Entry> open = new ArrayList<>();
    int managed = 0;
    for (View.Key key : view.keys()) {
      SetFacts set = view.set(key).orElseThrow();
      Standing standing = ScaleDown.plan(set, view.around(set, false), now).standing();
      managed += standing.isManaged() ? 1 : 0;
      if (!standing.isQuiet()) {
        open.add(new Entry(set.id(), set.isTerminating(), standing));
      }
    }
    open.sort(Comparator.comparing(each -> each.set().toString()));
    return new Result.Complete(new CleaningReport(managed, open));
  }

  /** Empty: all was told. */
  private static Optional<String> read(StatefulCluster cluster, String namespace, View view) {
    switch (cluster.listSets(namespace)) {
      case Listed.Failed<SetFacts>(String why) -> {
        return Optional.of(why);
      }
      case Listed.Complete<SetFacts>(List<SetFacts> all) -> view.setsAre(namespace, all);
    }
    switch (cluster.listClaims(namespace)) {
      case Listed.Failed<ClaimFacts>(String why) -> {
        return Optional.of(why);
      }
      case Listed.Complete<ClaimFacts>(List<ClaimFacts> all) -> view.claimsAre(namespace, all);
    }
    switch (cluster.listPods(namespace)) {
      case Listed.Failed<OrdinalPod>(String why) -> {
        return Optional.of(why);
      }
      case Listed.Complete<OrdinalPod>(List<OrdinalPod> all) -> view.podsAre(namespace, all);
    }
    return Optional.empty();
  }
}

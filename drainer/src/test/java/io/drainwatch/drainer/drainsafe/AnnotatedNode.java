package io.drainwatch.drainer.drainsafe;

import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Events;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.VirtualVm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A machine of the pure core whose node has DrainSafe's annotations, written after each step from
 * the record. The approval gate is a switch: the real one belongs to the cluster.
 */
final class AnnotatedNode {
  final VirtualVm vm;
  boolean approved;

  /** Each change: {@code <state> <type> <owner>}. */
  final List<String> written = new ArrayList<>();

  /** Reasons of the Events, in order. */
  final List<String> said = new ArrayList<>();

  private DrainSafeReasons.Moment last = new DrainSafeReasons.Moment(Optional.empty(), false);

  AnnotatedNode() {
    this(LifecycleSettings.defaults());
  }

  AnnotatedNode(LifecycleSettings settings) {
    vm = new VirtualVm(settings);
    vm.onlooker = (before, observation, step, at) -> write(step.watch().episode());
  }

  private void write(Optional<Episode> episode) {
    boolean gate = approved && episode.isPresent();
    DrainSafeReasons.Moment now = new DrainSafeReasons.Moment(episode, gate);
    said.addAll(DrainSafeReasons.between(last, now));
    last = now;
    String line = line(annotations());
    if (written.isEmpty() || !written.getLast().equals(line)) {
      written.add(line);
    }
  }

  /** What stands on the node now. */
  DrainSafeAnnotations annotations() {
    return last.episode()
        .map(episode -> DrainSafeAnnotations.of(episode, last.approved()))
        .orElse(DrainSafeAnnotations.AT_REST);
  }

  private static String line(DrainSafeAnnotations annotations) {
    var values = annotations.values();
    return String.join(
        " ",
        values.get(DrainSafeAnnotations.STATE_KEY),
        values.get(DrainSafeAnnotations.TYPE_KEY).isEmpty()
            ? "-"
            : values.get(DrainSafeAnnotations.TYPE_KEY),
        values.get(DrainSafeAnnotations.OWNER_KEY).isEmpty()
            ? "-"
            : values.get(DrainSafeAnnotations.OWNER_KEY));
  }

  AnnotatedNode platform(Events... events) {
    vm.platform.clear();
    for (Events event : events) {
      vm.platform.add(event.event());
    }
    return this;
  }

  Episode episode() {
    return vm.episode().orElseThrow(() -> new AssertionError("no episode"));
  }
}

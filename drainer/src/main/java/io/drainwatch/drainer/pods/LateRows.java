package io.drainwatch.drainer.pods;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Rows 7 to 12 of the table. */
final class LateRows {

  private LateRows() {}

  /**
   * Rows 7 and 8. A node that does not answer cannot confirm the end of a pod, and the maintenance
   * will end it anyway; on one that does, something holds the pod, and that is for people to see.
   */
  static Optional<Decision> terminating(Case each) {
    return each.pod().deletionTimestamp().map(graceEnds -> terminating(each, graceEnds));
  }

  private static Decision terminating(Case each, Instant graceEnds) {
    Duration past = Duration.between(graceEnds, each.at().serverNow());
    if (past.compareTo(each.rules().stuckAfter()) < 0) {
      return each.waitFor(graceEnds);
    }
    if (!each.at().nodeReady()) {
      return each.ignore(PodReason.UNREACHABLE, "");
    }
    List<String> finalizers = each.pod().finalizers();
    return each.block(
        PodReason.STUCK,
        finalizers.isEmpty()
            ? "no finalizer, the node has not ended it"
            : "finalizers " + Printable.names(finalizers));
  }

  static Optional<Decision> notToBeEvicted(Case each) {
    return wished(each, Marks.DO_NOT_EVICT)
        .or(
            () ->
                each.has(PodOption.DO_NOT_DISRUPT)
                    ? wished(each, Marks.DO_NOT_DISRUPT)
                    : Optional.empty())
        .or(
            () ->
                each.has(PodOption.SAFE_TO_EVICT)
                        && "false".equals(each.pod().annotations().get(Marks.SAFE_TO_EVICT))
                    ? Optional.of(held(each, Marks.SAFE_TO_EVICT, Optional.empty()))
                    : Optional.empty());
  }

  private static Optional<Decision> wished(Case each, String annotation) {
    return Optional.ofNullable(each.pod().annotations().get(annotation))
        .flatMap(
            value ->
                switch (HoldWish.of(value)) {
                  case HoldWish.WithoutEnd _ ->
                      Optional.of(held(each, annotation, Optional.empty()));
                  case HoldWish.For wish ->
                      each.pod()
                          .createdAt()
                          .map(wish::since)
                          .filter(until -> each.at().serverNow().isBefore(until))
                          .map(until -> held(each, annotation, Optional.of(until)));
                  case HoldWish.None _, HoldWish.Unreadable _ -> Optional.empty();
                });
  }

  private static Decision held(Case each, String annotation, Optional<Instant> until) {
    return each.hold(
        PodReason.DO_NOT_EVICT,
        "annotation " + annotation + until.map(end -> ", until " + end).orElse(""),
        until);
  }

  static Optional<Decision> runsToCompletion(Case each) {
    if (each.pod().hasLabel(Marks.DRAIN, Marks.WAIT_COMPLETED)) {
      return Optional.of(each.waitCompleted(PodReason.RUNS_TO_COMPLETION, "label " + Marks.DRAIN));
    }
    boolean isJob =
        each.pod()
            .controller()
            .filter(owner -> owner.isKind("Job") && owner.group().equals("batch"))
            .isPresent();
    return isJob && each.has(PodOption.WAIT_FOR_JOBS)
        ? Optional.of(each.waitCompleted(PodReason.RUNS_TO_COMPLETION, "a Job"))
        : Optional.empty();
  }

  static Optional<Decision> emptyDir(Case each) {
    List<String> volumes =
        each.pod().volumes().stream()
            .filter(volume -> volume.kind() == VolumeKind.EMPTY_DIR)
            .map(PodVolume::name)
            .toList();
    return !volumes.isEmpty() && each.has(PodOption.BLOCK_EMPTY_DIR)
        ? Optional.of(
            each.hold(PodReason.EMPTY_DIR, "volumes " + Printable.names(volumes), Optional.empty()))
        : Optional.empty();
  }

  static Optional<Decision> unmanaged(Case each) {
    return each.pod().controller().isEmpty() && each.has(PodOption.BLOCK_UNMANAGED)
        ? Optional.of(each.hold(PodReason.UNMANAGED, "", Optional.empty()))
        : Optional.empty();
  }
}

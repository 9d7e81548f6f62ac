package io.drainwatch.watcher.rehearsal;

import io.drainwatch.drainer.maintenance.DrainResult;
import io.drainwatch.drainer.maintenance.EventKind;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Summary;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Judges a rehearsal by what came of the episode. Pure. */
final class Judgement {
  private Judgement() {}

  /**
   * @param inService whether the machine was back in service at the end
   * @param acknowledgedAt when the platform took the acknowledgement
   */
  static Verdict of(
      Optional<Summary> summary,
      boolean inService,
      Optional<Instant> acknowledgedAt,
      Duration lasted) {
    if (summary.isEmpty()) {
      return new Verdict(
          false,
          "No episode came to its end within " + seconds(lasted) + ".",
          lasted,
          acknowledgedAt.isPresent(),
          summary);
    }
    boolean passed =
        switch (summary.get().ending()) {
          case RETURNED, CANCELLED -> true;
          case GONE -> isDeleting(summary.get()) ? acknowledgedAt.isPresent() : inService;
          case OVERTAKEN -> inService;
          case NODE_GONE, DEALLOCATED -> false;
        };
    return new Verdict(
        passed,
        sentence(summary.get(), inService, acknowledgedAt),
        lasted,
        acknowledgedAt.isPresent(),
        summary);
  }

  private static boolean isDeleting(Summary summary) {
    return summary.events().stream()
        .anyMatch(event -> EventKind.of(event.type()) == EventKind.TERMINATE);
  }

  private static String sentence(
      Summary summary, boolean inService, Optional<Instant> acknowledgedAt) {
    StringBuilder text = new StringBuilder();
    text.append(
        switch (summary.ending()) {
          case RETURNED -> "The machine is back in service";
          case CANCELLED -> "The event was cancelled and the machine is back in service";
          case GONE ->
              isDeleting(summary)
                  ? "The machine would be deleted now" + (inService ? " (this one is back)" : "")
                  : "The machine would be gone now";
          case OVERTAKEN -> "Another event came before the machine was back";
          case DEALLOCATED -> "The machine was switched off";
          case NODE_GONE -> "The Node was deleted";
        });
    summary.drainTook().ifPresent(took -> text.append("; drained in ").append(seconds(took)));
    if (summary.drain() != DrainResult.Outcome.COMPLETE && !summary.drainReason().isEmpty()) {
      text.append("; the drain was not complete: ").append(summary.drainReason());
    }
    acknowledgedAt.ifPresentOrElse(
        at -> text.append(acknowledged(summary, at)), () -> text.append("; nothing acknowledged"));
    Instant cordoned = summary.entered().get(MaintenanceState.CORDONED);
    Instant back = summary.entered().get(MaintenanceState.UNCORDONED);
    if (cordoned != null && back != null) {
      text.append("; out of service for ").append(seconds(Duration.between(cordoned, back)));
    }
    return text.append('.').toString();
  }

  private static String acknowledged(Summary summary, Instant at) {
    return summary.events().stream()
        .flatMap(event -> event.notBefore().stream())
        .min(Instant::compareTo)
        .map(
            notBefore ->
                "; acknowledged " + seconds(Duration.between(at, notBefore)) + " before NotBefore")
        .orElse("; acknowledged");
  }

  static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}

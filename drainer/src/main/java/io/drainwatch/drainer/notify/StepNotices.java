package io.drainwatch.drainer.notify;

import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Reason;
import io.drainwatch.drainer.maintenance.Summary;
import io.drainwatch.drainer.maintenance.Transition;
import io.drainwatch.drainer.maintenance.Watch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What one step of the core gives to tell: all that follows from a record that changed, or that was
 * just found to be this machine's, and what the core says. The same again and again, as long as the
 * record tells it: the {@link Outbox} knows what is new.
 */
public final class StepNotices {
  private StepNotices() {}

  /**
   * @param subjects by the name of the VM
   */
  public static List<Notice> of(
      Watch before, Transition step, Function<String, Subject> subjects, Instant at) {
    Watch after = step.watch();
    if (after.machine().isEmpty()) {
      return List.of(); // a record that may be another machine's (I4)
    }
    List<Notice> notices = new ArrayList<>();
    Subject subject = subjects.apply(after.machine().map(Machine::vmName).orElse(""));
    for (Action action : step.actions()) {
      if (action instanceof Action.Summarize(Summary summary)) {
        notices.addAll(Notices.of(summary, subject));
      }
    }
    boolean isNews = before.machine().isEmpty() || !before.episode().equals(after.episode());
    after
        .episode()
        .filter(episode -> isNews)
        .ifPresent(episode -> notices.addAll(Notices.of(episode, subject, at)));
    before
        .episode()
        .filter(episode -> after.episode().isEmpty() && isBackAfterItsEnd(episode))
        .ifPresent(episode -> notices.add(Notices.returned(episode, subject, at)));
    Optional<Episode> spokenOf = after.episode().or(before::episode);
    for (Action action : step.actions()) {
      if (action instanceof Action.Notify(Reason reason, String detail)) {
        spokenOf
            .flatMap(episode -> Notices.of(reason, detail, episode, subject, at))
            .ifPresent(notices::add);
      }
    }
    return notices;
  }

  /** It was told to be over, and came back all the same; asked as it goes. */
  static boolean isBackAfterItsEnd(Episode last) {
    return last.summarized()
        && !last.state().isBefore(MaintenanceState.RUNNING)
        && !last.held().equals(Optional.of(Episode.Held.NODE_GONE));
  }
}

package io.drainwatch.drainer.relay;

import io.drainwatch.drainer.maintenance.ScheduledEvent;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What Resource Graph says of one Node's VM, and whether that counts. Made by {@link GraphBook}.
 *
 * @param vmName as events name the VM
 * @param counts the watcher is silent though it was asked, or its metadata service out of reach
 * @param judgedBy the watcher's note as it stood when that was found, where it counts
 * @param answers empty: nothing that could be gone by
 */
public record GraphWord(
    String vmName, boolean counts, Optional<String> judgedBy, Optional<Answers> answers) {

  /**
   * The newest complete answers in a row.
   *
   * @param events that may begin or join a maintenance
   * @param standing keys of all that the newest one names
   * @param lately keys that the others in a row name, as far back as counts
   * @param twice whether the row is long enough to say the end of an event
   */
  public record Answers(
      List<ScheduledEvent> events, Set<String> standing, Set<String> lately, boolean twice) {
    public Answers {
      events = List.copyOf(events);
      standing = Set.copyOf(standing);
      lately = Set.copyOf(lately);
    }
  }

  /**
   * The same, beside what the watcher has written by now: this was found on another thread, and a
   * watcher that has spoken since is not overruled.
   */
  public GraphWord beside(Optional<String> raw) {
    return counts && !judgedBy.equals(raw)
        ? new GraphWord(vmName, false, Optional.empty(), answers)
        : this;
  }

  boolean isToldOf(String key) {
    return answers.filter(each -> each.standing().contains(key)).isPresent();
  }

  /** How long the event is absent, as in {@link NoteRelay}; empty: nobody knows. */
  Optional<Integer> absence(String eventId) {
    String key = eventId.toUpperCase(Locale.ROOT);
    return answers.map(
        each -> {
          if (each.standing().contains(key)) {
            return 0;
          }
          boolean isOver = each.twice() && !each.lately().contains(key);
          return isOver ? NoteRelay.GONE : NoteRelay.MISSING;
        });
  }

  /** There is a complete answer. */
  public boolean isTold() {
    return answers.isPresent();
  }

  /** There is one, and it counts. */
  public boolean isToBeGoneBy() {
    return counts && isTold();
  }

  /** It is of an event, and counts. */
  public boolean begins() {
    return counts && answers.filter(each -> !each.events().isEmpty()).isPresent();
  }
}

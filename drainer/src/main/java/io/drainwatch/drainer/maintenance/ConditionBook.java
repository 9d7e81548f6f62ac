package io.drainwatch.drainer.maintenance;

import java.util.List;
import java.util.Optional;

/**
 * Takes in what conditions of the Node tell of where the metadata service is out of reach
 * (kubernetes-drain.md 16).
 *
 * <ol>
 *   <li>Only events that conditions told of go missing by it: what a document told of is ended by
 *       documents (I10).
 *   <li>An event that a document told of already is not begun again as the condition's.
 *   <li>The other way round documents know better: an event that only conditions told of and that
 *       two documents do not know is over ({@link EventBook}).
 * </ol>
 */
final class ConditionBook {
  private ConditionBook() {}

  static void read(Fold fold, List<ScheduledEvent> told) {
    Optional<Machine> machine = fold.machine();
    if (machine.isEmpty()) {
      return;
    }
    if (fold.draft().map(ConditionBook::isToldByConditionsAlone).orElse(false)) {
      fold.awaitDocument(false); // none will come
    }
    List<ScheduledEvent> ours =
        told.stream().map(event -> event.withResources(List.of(machine.get().vmName()))).toList();
    fold.draft()
        .ifPresentOrElse(
            draft ->
                EventBook.update(
                    draft,
                    ours.stream().filter(event -> !isKnownByDocuments(draft, event)).toList(),
                    false,
                    source -> source == EventSource.NODE_CONDITION),
            () -> EventBook.begin(fold, machine.get(), ours));
  }

  private static boolean isToldByConditionsAlone(Draft draft) {
    return draft.events().stream().noneMatch(each -> each.event().source().isOfTheService());
  }

  private static boolean isKnownByDocuments(Draft draft, ScheduledEvent event) {
    return draft.events().stream()
        .filter(each -> each.event().source().isOfTheService() && !each.isGone())
        .anyMatch(
            each -> each.event().key().equals(event.key()) || each.event().kind() == event.kind());
  }
}

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
 *   <li>What DrainSafe had begun is a document's no more than a condition's: where conditions are
 *       in force they end it, and what they announce joins it.
 *   <li>A condition has no id of its own. As long as an event of its type stands it is that one,
 *       whatever became of the moment by which it was told apart.
 * </ol>
 */
final class ConditionBook {
  private ConditionBook() {}

  static void read(Fold fold, List<ScheduledEvent> told) {
    Optional<Machine> machine = fold.machine();
    if (machine.isEmpty()) {
      return;
    }
    if (fold.draft().map(ConditionBook::isToldByNoDocument).orElse(false)) {
      fold.awaitDocument(false); // none will come
    }
    List<ScheduledEvent> ours =
        told.stream().map(event -> event.withResources(List.of(machine.get().vmName()))).toList();
    fold.draft()
        .ifPresentOrElse(
            draft ->
                EventBook.update(
                    draft,
                    ours.stream()
                        .map(event -> asKnown(draft, event))
                        .filter(event -> !isKnownByDocuments(draft, event))
                        .toList(),
                    false,
                    ConditionBook::isOfConditions),
            () -> EventBook.begin(fold, machine.get(), ours));
  }

  private static boolean isToldByNoDocument(Draft draft) {
    return draft.events().stream().noneMatch(ConditionBook::isOfDocuments);
  }

  private static boolean isOfConditions(TrackedEvent tracked) {
    return tracked.event().source() == EventSource.NODE_CONDITION || tracked.event().isMadeUp();
  }

  private static boolean isOfDocuments(TrackedEvent tracked) {
    return tracked.event().source().isOfTheService() && !tracked.event().isMadeUp();
  }

  private static ScheduledEvent asKnown(Draft draft, ScheduledEvent told) {
    return draft.events().stream()
        .filter(each -> each.event().source() == EventSource.NODE_CONDITION && !each.isGone())
        .filter(each -> each.event().type().equalsIgnoreCase(told.type()))
        .findFirst()
        .map(known -> told.withId(known.event().id()))
        .orElse(told);
  }

  private static boolean isKnownByDocuments(Draft draft, ScheduledEvent event) {
    return draft.events().stream()
        .filter(each -> isOfDocuments(each) && !each.isGone())
        .anyMatch(
            each -> each.event().key().equals(event.key()) || each.event().kind() == event.kind());
  }
}

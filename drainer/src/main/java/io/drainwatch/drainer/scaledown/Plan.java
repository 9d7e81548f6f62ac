package io.drainwatch.drainer.scaledown;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What follows from what is there.
 *
 * @param again when it is to be looked at again though nothing changed
 */
public record Plan(List<Action> actions, Optional<Instant> again, Standing standing) {
  public Plan {
    actions = List.copyOf(actions);
  }

  /** Whether there is more to do than to talk. */
  public boolean acts() {
    return actions.stream().anyMatch(each -> !(each instanceof Action.Say));
  }

  /** All that is changed is the set, by a patch that fails when it is not as it was seen. */
  public boolean onlyPatchesTheSet() {
    return actions.stream()
        .allMatch(
            each ->
                each instanceof Action.Say
                    || each instanceof Action.PatchFinalizers
                    || each instanceof Action.RecordAttempts);
  }

  public List<Action.Say> words() {
    return actions.stream()
        .filter(Action.Say.class::isInstance)
        .map(Action.Say.class::cast)
        .toList();
  }
}

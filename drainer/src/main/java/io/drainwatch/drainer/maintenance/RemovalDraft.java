package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A {@link Removal} while one observation is worked in. */
final class RemovalDraft extends HookDraft {
  private final Removal before;

  RemovalDraft(Removal from, LifecycleSettings settings, Instant now, List<Action> actions) {
    super(Map.of(from.hook().hook(), from.hook()), settings, now, actions);
    before = from;
  }

  Removal removal() {
    return hook(before.hook().hook()).map(before::with).orElse(before);
  }

  /** The VMs are gone or there already: nothing can come in between. */
  @Override
  boolean mayStart(Hook hook) {
    return true;
  }

  @Override
  Optional<Instant> deadline() {
    return Optional.empty();
  }

  @Override
  Duration grace() {
    return GRACE;
  }
}

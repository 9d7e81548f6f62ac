package io.drainwatch.drainer.fleet;

import io.drainwatch.drainer.relay.LostWatcher;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The acknowledgements of one Node in place of its watcher: one at a time, each by {@link
 * LostWatcher}. Of one fold, in letters of its mailbox.
 */
final class Substitution {
  /** Until what was written has come back by the watch. */
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final Optional<StandIn> standIn;
  private final String holder;
  private final Predicate<LostWatcher.Send> mayLeave;
  private final BooleanSupplier leads;
  private final Consumer<Runnable> post;
  private boolean underWay;
  private Optional<Instant> notBefore = Optional.empty();

  /**
   * @param mayLeave any thread may ask
   * @param leads any thread may ask
   * @param post to the fold's mailbox
   */
  Substitution(
      Beside beside,
      Predicate<LostWatcher.Send> mayLeave,
      BooleanSupplier leads,
      Consumer<Runnable> post) {
    standIn = beside.standIn();
    holder = beside.holder();
    this.mayLeave = mayLeave;
    this.leads = leads;
    this.post = post;
  }

  String holder() {
    return holder;
  }

  /** When to look again, though nothing happens. */
  Optional<Instant> advance(Supplier<LostWatcher> look, Instant now) {
    if (standIn.isEmpty() || underWay) {
      return Optional.empty();
    }
    if (notBefore.filter(now::isBefore).isPresent()) {
      return notBefore;
    }
    return switch (look.get()) {
      case LostWatcher.Later(Instant at) -> Optional.of(at);
      case LostWatcher.Refused refused -> Optional.empty();
      case LostWatcher.Send send -> {
        underWay = true;
        notBefore = Optional.of(now.plus(PAUSE));
        standIn.get().acknowledge(order(send));
        yield Optional.empty();
      }
    };
  }

  void clockStepped(Duration by) {
    notBefore = notBefore.map(at -> at.plus(by));
  }

  private StandIn.Order order(LostWatcher.Send send) {
    return new StandIn.Order() {
      @Override
      public LostWatcher.Send send() {
        return send;
      }

      @Override
      public String holder() {
        return holder;
      }

      @Override
      public boolean mayLeave() {
        return mayLeave.test(send);
      }

      @Override
      public boolean leads() {
        return leads.getAsBoolean();
      }

      @Override
      public void over() {
        post.accept(() -> underWay = false);
      }
    };
  }
}

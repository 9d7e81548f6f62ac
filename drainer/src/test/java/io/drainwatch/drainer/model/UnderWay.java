package io.drainwatch.drainer.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What one thread tells another: it arrives in the order in which it was sent, some of it late. */
public final class UnderWay<T> {
  private record Letter<T>(T what, Instant arrives) {}

  private static final int LONGEST = 1_500;

  /** A busy machine: every fourth word takes its time. */
  public static Supplier<Duration> nowAndThen(long seed) {
    SplittableRandom dice = new SplittableRandom(~seed);
    return () -> Duration.ofMillis(dice.nextInt(4) == 0 ? dice.nextInt(LONGEST) : 0);
  }

  private final Deque<Letter<T>> letters = new ArrayDeque<>();

  public void send(T what, Instant arrives) {
    letters.add(new Letter<>(what, arrives));
  }

  /** Hands over what has arrived; what was sent after something that has not waits for it. */
  public void deliver(Instant now, Consumer<T> receiver) {
    while (!letters.isEmpty() && !letters.getFirst().arrives().isAfter(now)) {
      receiver.accept(letters.removeFirst().what());
    }
  }

  /** When the next one arrives. */
  public Optional<Instant> nextDue() {
    return Optional.ofNullable(letters.peek()).map(Letter::arrives);
  }

  public void clear() {
    letters.clear();
  }
}

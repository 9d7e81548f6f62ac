package io.drainwatch.drainer.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Work for one Node is done in order and never twice at once; a bug in it loses nothing else. */
class DeskTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final int LETTERS = 2_000;

  private final ThreadDesk desk = new ThreadDesk(4, InstantSource.fixed(NOON));

  @AfterEach
  void close() {
    desk.close();
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void lettersAreReadInOrderAndOneAtATime() throws InterruptedException {
    Mailbox box = new Mailbox("n1", desk);
    CountDownLatch done = new CountDownLatch(LETTERS);
    AtomicInteger inside = new AtomicInteger();
    AtomicBoolean together = new AtomicBoolean();
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < LETTERS; i++) {
      int letter = i;
      box.post(
          () -> {
            together.compareAndSet(false, inside.incrementAndGet() > 1);
            order.add(letter);
            inside.decrementAndGet();
            done.countDown();
          });
    }
    await(done);
    assertThat(together).isFalse();
    assertThat(order).isEqualTo(IntStream.range(0, LETTERS).boxed().toList());
  }

  @Test
  void aBugInOneLetterDoesNotKeepTheNextFromBeingRead() throws InterruptedException {
    Mailbox box = new Mailbox("n1", desk);
    CountDownLatch done = new CountDownLatch(1);
    box.post(
        () -> {
          throw new IllegalStateException("a bug");
        });
    box.post(done::countDown);
    await(done);
  }

  @Test
  void afterTheEndNothingIsRead() {
    List<Runnable> handed = new ArrayList<>();
    Desk held =
        new Desk() {
          @Override
          public void run(Runnable work) {
            handed.add(work);
          }

          @Override
          public void at(Instant moment, Runnable work) {}
        };
    Mailbox box = new Mailbox("n1", held);
    AtomicBoolean read = new AtomicBoolean();
    box.post(() -> read.set(true));
    box.close();
    box.post(() -> read.set(true));
    handed.forEach(Runnable::run);
    assertThat(read).isFalse();
    assertThat(box.isEmpty()).isTrue();
  }

  @Test
  void anAlarmOfThePastSoundsAtOnce() throws InterruptedException {
    CountDownLatch rang = new CountDownLatch(1);
    desk.at(NOON.minus(Duration.ofHours(1)), rang::countDown);
    await(rang);
  }
}

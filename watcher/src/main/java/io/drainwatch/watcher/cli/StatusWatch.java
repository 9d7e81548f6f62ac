package io.drainwatch.watcher.cli;

import io.drainwatch.watcher.configuration.DrainwatchSettings;
import io.drainwatch.watcher.operator.StatusAsking;
import io.drainwatch.watcher.operator.StatusReading;
import io.drainwatch.watcher.operator.Watched;
import io.drainwatch.watcher.terminal.Ability;
import io.drainwatch.watcher.terminal.Screen;
import io.drainwatch.watcher.terminal.Size;
import io.drainwatch.watcher.terminal.Terminal;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * {@code status --watch}. On a terminal one thread asks and one draws, so that the time goes on
 * while an answer is waited for, and a resize shows at once; else one does both and prints what
 * changed. Ends with Ctrl-C, with SIGTERM, and when nobody reads what is printed any more.
 */
final class StatusWatch {
  /** Not the stream: its clients are few, and a question each second needs no coming back. */
  private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(1);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private final Caller caller;
  private final boolean json;

  StatusWatch(Caller caller, boolean json) {
    this.caller = caller;
    this.json = json;
  }

  /** Returns only when the output is gone, or when it is interrupted. */
  int of(DrainwatchSettings settings) throws IOException {
    Terminal terminal = caller.terminal().get();
    Ability ability = Ability.of(caller.environment());
    try (StatusAsking asking = StatusAsking.of(settings, Version.text(), caller.clock())) {
      if (!json && ability.canMove() && terminal.size().isPresent()) {
        draw(asking, terminal, ability);
      } else {
        print(asking);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ExitCode.OK;
  }

  private void print(StatusAsking asking) throws IOException, InterruptedException {
    StatusPrinter printer = new StatusPrinter(caller, json);
    Watched watched = Watched.NOTHING;
    boolean isFirst = true;
    while (!caller.out().checkError()) {
      StatusReading reading = asking.ask();
      Watched next = watched.then(reading, caller.clock().instant());
      if (!next.atRest().equals(watched.atRest())) {
        if (!isFirst && !json) {
          caller.out().println();
        }
        if (!json) {
          caller.out().println("At             " + StatusText.moment(caller.clock().instant()));
        }
        // its exit code tells how things stood at one moment
        printer.print(reading);
        isFirst = false;
      }
      watched = next;
      caller.pause().last(BETWEEN_QUESTIONS);
    }
  }

  private void draw(StatusAsking asking, Terminal terminal, Ability ability)
      throws InterruptedException {
    AtomicReference<Watched> watched = new AtomicReference<>(Watched.NOTHING);
    Screen screen = Screen.open(caller.out(), ability.hasColours());
    // a process that is told to end runs no finally
    Thread restoring = new Thread(screen::close, "drainwatch-screen");
    Runtime.getRuntime().addShutdownHook(restoring);
    AtomicReference<Optional<Throwable>> failure = new AtomicReference<>(Optional.empty());
    Thread questions =
        Thread.ofVirtual()
            .uncaughtExceptionHandler((thread, e) -> failure.set(Optional.of(e)))
            .start(() -> ask(asking, watched));
    try {
      Optional<StatusFrame.Seen> shown = Optional.empty();
      while (!caller.out().checkError() && failure.get().isEmpty()) {
        Optional<Size> size = terminal.size();
        if (size.isEmpty()) {
          return; // hung up
        }
        StatusFrame.Seen seen =
            new StatusFrame.Seen(
                watched.get(), StatusFrame.toTheSecond(caller.clock().instant()), size.get());
        if (!shown.equals(Optional.of(seen))) {
          screen.draw(StatusFrame.of(seen));
          shown = Optional.of(seen);
        }
        caller.pause().last(BETWEEN_LOOKS);
      }
    } finally {
      questions.interrupt();
      screen.close();
      forget(restoring);
    }
    if (failure.get().isPresent()) {
      throw new IllegalStateException("the daemon cannot be asked", failure.get().get());
    }
  }

  private static void forget(Thread restoring) {
    try {
      Runtime.getRuntime().removeShutdownHook(restoring);
    } catch (IllegalStateException e) {
      // the process ends already: it is being run
    }
  }

  private void ask(StatusAsking asking, AtomicReference<Watched> watched) {
    try {
      while (true) {
        StatusReading reading = asking.ask();
        watched.set(watched.get().then(reading, caller.clock().instant()));
        caller.pause().last(BETWEEN_QUESTIONS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.drainwatch.watcher.fleetpage;

import io.drainwatch.drainer.fleet.FleetSight;
import io.drainwatch.watcher.pages.Frame;
import io.drainwatch.watcher.pages.PageTemplate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Makes the page and its inside, for whoever asks.
 *
 * <ol>
 *   <li>On one thread of its own, which ends when nobody asks any more: never on one that drains,
 *       and never on the server's, which answers the probes.
 *   <li>From values: the fleet is looked at without a lock, so it does not notice.
 *   <li>At most once a second, however many ask; each gets its own part of the same view.
 *   <li>So many may wait; more are told to come again.
 * </ol>
 */
public final class FleetPages implements AutoCloseable {
  static final int MOST_WAITING = 8;

  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final Duration IDLE = Duration.ofSeconds(10);

  /** The inside of the page, as {@code live.js} fetches it. */
  public static final String FRAGMENT = "fleet";

  private final FleetSource source;
  private final LongSupplier nanos;
  private final String version;
  private final ThreadPoolExecutor thread;

  // of the one thread
  private Optional<PageTemplate> whole = Optional.empty();
  private Optional<PageTemplate> inside = Optional.empty();

  /** Given up when the thread ends: at 5,000 Nodes it is some megabytes. */
  private volatile Optional<Taken> taken = Optional.empty();

  private record Taken(FleetView view, long atNanos) {}

  /**
   * @param nanos monotonic, as {@link System#nanoTime}
   */
  public FleetPages(FleetSource source, LongSupplier nanos, String version) {
    this.source = source;
    this.nanos = nanos;
    this.version = version;
    thread =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE.toMillis(),
            TimeUnit.MILLISECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            work ->
                Thread.ofPlatform().daemon().name("drainwatch-page").unstarted(() -> run(work)));
    thread.allowCoreThreadTimeOut(true);
  }

  private void run(Runnable work) {
    try {
      work.run();
    } finally {
      taken = Optional.empty();
    }
  }

  /**
   * The whole page.
   *
   * @param parameters of the address, by name
   * @param port on which this replica, and so each, listens
   */
  public CompletionStage<FleetAnswer> page(
      Function<String, Optional<String>> parameters, int port) {
    return on(() -> whole(FleetQuery.of(parameters), port));
  }

  /**
   * What is inside of the page.
   *
   * @param known tag of what whoever asks has; empty: nothing yet
   */
  public CompletionStage<FleetAnswer> inside(
      Function<String, Optional<String>> parameters, int port, Optional<String> known) {
    return on(() -> inside(FleetQuery.of(parameters), port, known));
  }

  private CompletionStage<FleetAnswer> on(Supplier<FleetAnswer> making) {
    try {
      return CompletableFuture.supplyAsync(making, thread);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.completedFuture(new FleetAnswer.Busy());
    }
  }

  private FleetAnswer whole(FleetQuery query, int port) {
    Look look = look(query);
    FleetText text = look.text(port, version);
    if (whole.isEmpty()) {
      whole = Optional.of(PageTemplate.named("fleet"));
    }
    Frame frame =
        new Frame(
            text.title(),
            "Nodes of the cluster",
            "fleet",
            version,
            look.now(),
            FRAGMENT,
            "",
            List.of("fleet.css"));
    String html = whole.get().render(Map.of("frame", frame, "fleet", text));
    return new FleetAnswer.Html(html, look.tag(version));
  }

  private FleetAnswer inside(FleetQuery query, int port, Optional<String> known) {
    Look look = look(query);
    String tag = look.tag(version);
    if (known.filter(tag::equals).isPresent()) {
      return new FleetAnswer.Unchanged(tag);
    }
    if (inside.isEmpty()) {
      inside = Optional.of(PageTemplate.named("fleet-inside"));
    }
    return new FleetAnswer.Html(inside.get().render(look.text(port, version)), tag);
  }

  /** All that one answer is made from. */
  private record Look(FleetView view, FleetPage page, Replica replica, Instant now) {
    FleetText text(int port, String version) {
      return FleetText.of(view, page, replica, port, version, now);
    }

    String tag(String version) {
      return FleetFacts.tag(view, page, replica, version);
    }
  }

  private Look look(FleetQuery query) {
    Instant now = source.now();
    FleetView view = view(now);
    return new Look(view, FleetPage.of(view, query), source.replica(), now);
  }

  private FleetView view(Instant now) {
    Optional<Taken> last =
        taken.filter(each -> nanos.getAsLong() - each.atNanos() < FRESH.toNanos());
    if (last.isPresent()) {
      return last.get().view();
    }
    FleetSight sight = source.sight();
    FleetView view = FleetView.of(sight, source.finished(), now);
    taken = Optional.of(new Taken(view, nanos.getAsLong()));
    return view;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}

package io.drainwatch.watcher.azure;

import io.drainwatch.drainer.desk.Desk;
import io.drainwatch.drainer.fleet.Companion;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.relay.GraphBook;
import io.drainwatch.drainer.relay.GraphWord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shell: asks Resource Graph for the events of all Nodes at once, each interval while this process
 * leads, and tells the fleet what it comes to for each Node ({@link GraphBook}). Everything happens
 * on the one thread of its desk, which a query blocks for a limited time.
 */
public final class GraphEvents implements Companion {
  private static final Logger LOG = LoggerFactory.getLogger(GraphEvents.class);
  private static final Duration LONGEST_HOLD = Duration.ofHours(1);

  /** By then all Nodes were told of. */
  private static final Duration FIRST = Duration.ofSeconds(15);

  /** In so many intervals an answer becomes stale. */
  private static final int STALE_AFTER = 3;

  private final AzureResources azure;
  private final Duration interval;
  private final Desk desk;
  private final InstantSource clock;
  private final GraphListener listener;
  private final WatcherQuestions questions;

  // of the desk's thread
  private final Map<String, Looked> nodes = new LinkedHashMap<>();
  private Optional<Hearing> hearing = Optional.empty();
  private Optional<Trouble.Kind> said = Optional.empty();
  private boolean saidBlind;

  /** A server that does not answer is not waited for once more for each Node. */
  private boolean asksOn = true;

  /** Of each leadership another one; what is left over from an earlier one does nothing. */
  private volatile Object turn = new Object();

  /** The alarm that counts; others do nothing. */
  private Object alarm = turn;

  private record Looked(NodeFacts node, ResourceId vm, GraphBook book, Optional<GraphWord> told) {
    private Looked with(GraphBook other) {
      return new Looked(node, vm, other, told);
    }
  }

  /**
   * @param desk with one thread
   */
  public GraphEvents(
      AzureResources azure,
      Duration interval,
      Desk desk,
      InstantSource clock,
      GraphListener listener,
      WatcherQuestions questions) {
    this.azure = azure;
    this.interval = interval;
    this.desk = desk;
    this.clock = clock;
    this.listener = listener;
    this.questions = questions;
  }

  @Override
  public void begins() {
    begins((node, word) -> {});
  }

  @Override
  public void begins(Hearing listens) {
    Object mine = new Object();
    turn = mine;
    desk.run(
        () -> {
          nodes.clear();
          hearing = Optional.of(listens);
          ask(mine, clock.instant().plus(FIRST));
        });
  }

  @Override
  public void ends() {
    turn = new Object();
    desk.run(nodes::clear);
    listener.standing(0);
  }

  @Override
  public void is(NodeFacts node) {
    Object mine = turn;
    desk.run(
        () -> {
          if (turn == mine) {
            seen(node);
          }
        });
  }

  @Override
  public void isGone(String name) {
    Object mine = turn;
    desk.run(
        () -> {
          if (turn == mine) {
            nodes.remove(name);
          }
        });
  }

  @Override
  public void clockStepped(Duration by) {
    Object mine = turn;
    desk.run(
        () -> {
          if (turn == mine) {
            nodes.replaceAll((name, each) -> each.with(each.book().clockStepped(by)));
            ask(
                mine,
                clock.instant().plus(interval)); // set anew, as the old one goes by the old time
          }
        });
  }

  private void seen(NodeFacts node) {
    Optional<ResourceId> vm =
        ResourceId.parse(node.providerId()).filter(id -> id.kind() != ResourceId.Kind.SCALE_SET);
    if (vm.isEmpty()) {
      nodes.remove(node.name());
      return;
    }
    Instant now = clock.instant();
    Optional<Looked> before =
        Optional.ofNullable(nodes.get(node.name()))
            .filter(each -> each.node().uid().equals(node.uid()));
    GraphBook book = before.map(Looked::book).orElseGet(() -> GraphBook.empty(now));
    keep(new Looked(node, vm.get(), book.seen(node, now), before.flatMap(Looked::told)), now);
  }

  private void ask(Object mine, Instant at) {
    Object ours = new Object();
    alarm = ours;
    desk.at(
        at,
        () -> {
          if (turn != mine || alarm != ours) {
            return;
          }
          Instant now = clock.instant();
          if (now.isBefore(at)) {
            ask(mine, at); // woken early
            return;
          }
          ask(mine, now.plus(askNow(mine)));
        });
  }

  /** Until the next one. */
  private Duration askNow(Object mine) {
    List<String> subscriptions = subscriptions();
    if (subscriptions.isEmpty()) {
      return interval;
    }
    Instant asked = clock.instant();
    Optional<AzureAnswer<GraphSight>> answer = answer(subscriptions);
    if (turn != mine) {
      return interval;
    }
    Optional<GraphSight> sight = answer.flatMap(AzureAnswer::found);
    int blind = 0;
    asksOn = true;
    Instant now = clock.instant();
    for (Looked each : List.copyOf(nodes.values())) {
      Optional<List<ScheduledEvent>> events =
          sight.flatMap(seen -> GraphReading.of(seen, each.vm()));
      blind += sight.isPresent() && events.isEmpty() ? 1 : 0;
      GraphBook book =
          events
              .map(list -> each.book().answered(new GraphBook.Answer(asked, list), interval))
              .orElseGet(each.book()::failed);
      keep(each.with(asking(each.node(), book, now)), now);
    }
    listener.standing(
        (int)
            nodes.values().stream()
                .filter(each -> each.told().filter(GraphWord::begins).isPresent())
                .count());
    Optional<Trouble> trouble = answer.flatMap(AzureAnswer::problem);
    say(trouble, blind);
    listener.answered(
        sight.isEmpty()
            ? GraphListener.Result.FAILED
            : blind > 0 ? GraphListener.Result.BLIND : GraphListener.Result.COMPLETE);
    return pause(trouble);
  }

  private GraphBook asking(NodeFacts node, GraphBook book, Instant now) {
    boolean isToAsk = book.isToAsk(now);
    boolean isToTakeBack = book.isSettled() && node.annotation(NodeKeys.ASKED).isPresent();
    if (!asksOn || !(isToAsk || isToTakeBack)) {
      return book;
    }
    WatcherQuestions.Written written =
        questions.ask(node, isToAsk ? Optional.of(now.toString()) : Optional.empty());
    asksOn = written != WatcherQuestions.Written.NO_ANSWER;
    // from when it stands on the Node: those asked before may have taken their time
    return isToAsk && written == WatcherQuestions.Written.YES ? book.asked(clock.instant()) : book;
  }

  private Optional<AzureAnswer<GraphSight>> answer(List<String> subscriptions) {
    try {
      return Optional.of(azure.sight(subscriptions));
    } catch (RuntimeException e) {
      LOG.error("a question to Resource Graph failed in itself, the next is asked as usual", e);
      return Optional.empty();
    }
  }

  private List<String> subscriptions() {
    Map<String, String> byKey = new TreeMap<>();
    nodes
        .values()
        .forEach(
            each ->
                byKey.putIfAbsent(
                    each.vm().subscription().toLowerCase(Locale.ROOT), each.vm().subscription()));
    return List.copyOf(byKey.values());
  }

  private Duration pause(Optional<Trouble> trouble) {
    Duration asked =
        trouble
            .flatMap(Trouble::retryAfter)
            .filter(wait -> wait.compareTo(interval) > 0)
            .orElse(interval);
    return asked.compareTo(LONGEST_HOLD) > 0 ? LONGEST_HOLD : asked;
  }

  // a role that is missing is said once, not each minute
  private void say(Optional<Trouble> trouble, int blind) {
    Optional<Trouble.Kind> kind = trouble.map(Trouble::kind);
    if (trouble.isPresent() && !kind.equals(said)) {
      LOG.warn(
          "Resource Graph tells of no events; what it told before stands: {}",
          trouble.get().sentence());
    }
    if (blind > 0 && !saidBlind) {
      LOG.warn(
          "Resource Graph does not show the VMs of {} Nodes, so nothing it says of their events"
              + " counts: the identity needs the role events of config/azure there",
          blind);
    }
    said = kind;
    saidBlind = trouble.isPresent() ? saidBlind : blind > 0;
  }

  private void keep(Looked looked, Instant moment) {
    GraphWord word =
        looked
            .book()
            .word(looked.vm().eventName(), interval, interval.multipliedBy(STALE_AFTER), moment);
    Looked now = new Looked(looked.node(), looked.vm(), looked.book(), Optional.of(word));
    nodes.put(looked.node().name(), now);
    if (!looked.told().equals(Optional.of(word))) {
      hearing.ifPresent(it -> it.told(looked.node(), word));
    }
  }
}

package io.drainwatch.drainer.relay;

import io.drainwatch.drainer.maintenance.EventKind;
import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeMachine;
import io.drainwatch.drainer.nodes.ObservationNote;
import io.drainwatch.drainer.nodes.ObservationReading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What Resource Graph answered of one Node's VM, beside what its watcher tells. Pure.
 *
 * <ol>
 *   <li>Only complete answers count. One that failed takes back nothing, but a row of answers that
 *       are without an event begins anew after it (I10).
 *   <li>That an event is over is said by two complete answers in a row, the interval apart at
 *       least.
 *   <li>A watcher with nothing to say writes nothing: before the graph's word counts the watcher is
 *       asked whether it is there, and has {@link ObservationReading#SILENT_AFTER} to answer.
 *   <li>The graph lags behind: what it still names while the watcher reads documents is the
 *       watcher's to tell, and no news when the watcher falls silent a moment later. So is what a
 *       condition of the Node told of under another id.
 * </ol>
 *
 * @param reading the watcher's, from the first look at the Node on
 * @param row complete answers without a failed one in between, oldest first
 * @param firstNamed when the graph named an event first, by its key
 * @param left keys of what is the watcher's to tell
 * @param asked when the watcher was asked last whether it is there
 */
public record GraphBook(
    ObservationReading reading,
    List<Answer> row,
    Map<String, Instant> firstNamed,
    Set<String> left,
    Optional<Instant> asked) {

  /** An event is in the metadata service well before it is in the graph. */
  private static final Duration WATCHER_HAS_SEEN_IT = Duration.ofSeconds(30);

  /** So many events of one VM are looked at. */
  static final int MOST_EVENTS = 32;

  /**
   * A complete one.
   *
   * @param at when it was asked for
   * @param events that stand and name the VM
   */
  public record Answer(Instant at, List<ScheduledEvent> events) {
    public Answer {
      events = events.stream().limit(MOST_EVENTS).toList();
    }

    Set<String> keys() {
      return events.stream().map(ScheduledEvent::key).collect(Collectors.toSet());
    }
  }

  public GraphBook {
    row = List.copyOf(row);
    firstNamed = Map.copyOf(firstNamed);
    left = Set.copyOf(left);
  }

  /** The Node was not looked at before. */
  public static GraphBook empty(Instant now) {
    return new GraphBook(
        ObservationReading.none(now), List.of(), Map.of(), Set.of(), Optional.empty());
  }

  /** The Node as it stands, with what its watcher wrote there. */
  public GraphBook seen(NodeFacts node, Instant now) {
    NodeMachine anyVm = new NodeMachine(node.uid(), Optional.empty(), node.bootId());
    return new GraphBook(reading.next(node, anyVm, now), row, firstNamed, left, asked)
        .leavingToWatcher();
  }

  /**
   * @param apart the row ends an event once it spans so much
   */
  public GraphBook answered(Answer answer, Duration apart) {
    List<Answer> longer = new ArrayList<>(row);
    longer.removeIf(each -> !each.at().isBefore(answer.at())); // the clock was set back
    longer.add(answer);
    int first = 0;
    for (int i = 0; i < longer.size(); i++) {
      if (!longer.get(i).at().isAfter(answer.at().minus(apart))) {
        first = i;
      }
    }
    List<Answer> asFarAsCounts = longer.subList(first, longer.size());
    GraphBook next = new GraphBook(reading, asFarAsCounts, firstNamed, left, asked);
    Map<String, Instant> named = new HashMap<>(firstNamed);
    named.keySet().removeIf(key -> next.isOver(key, apart));
    answer.keys().forEach(key -> named.putIfAbsent(key, answer.at()));
    Set<String> stillLeft = new HashSet<>(left);
    stillLeft.retainAll(named.keySet());
    return new GraphBook(reading, asFarAsCounts, named, stillLeft, asked).leavingToWatcher();
  }

  /** Anything else came back, or nothing, or an answer that cannot have seen this VM. */
  public GraphBook failed() {
    return new GraphBook(reading, List.of(), firstNamed, left, asked);
  }

  /** The clock was set by so much. */
  public GraphBook clockStepped(Duration by) {
    Map<String, Instant> moved = new HashMap<>();
    firstNamed.forEach((key, at) -> moved.put(key, at.plus(by)));
    return new GraphBook(
        new ObservationReading(reading.note(), reading.raw(), reading.heardAt().plus(by)),
        row.stream().map(each -> new Answer(each.at().plus(by), each.events())).toList(),
        moved,
        left,
        asked.map(at -> at.plus(by)));
  }

  /**
   * @param staleAfter an answer older than this is none
   */
  public GraphWord word(String vmName, Duration apart, Duration staleAfter, Instant now) {
    boolean counts = isDegraded() || isSilentThoughAsked(now);
    boolean isStale =
        row.isEmpty() || Duration.between(row.getLast().at(), now).compareTo(staleAfter) > 0;
    return new GraphWord(
        vmName,
        counts,
        counts ? reading.raw() : Optional.empty(),
        isStale ? Optional.empty() : Optional.of(answers(apart)));
  }

  private boolean isDegraded() {
    return reading.note().filter(it -> it.health() == ObservationNote.Health.DEGRADED).isPresent();
  }

  // Between two maintenances a watcher has nothing to write: that its note does not change says
  // nothing of it.
  private boolean isSilentThoughAsked(Instant now) {
    return asked
        .filter(at -> !reading.heardAt().isAfter(at))
        .filter(at -> !now.isBefore(at.plus(ObservationReading.SILENT_AFTER)))
        .isPresent();
  }

  /** Whether the watcher is to be asked now whether it is there. */
  public boolean isToAsk(Instant now) {
    boolean isAsked = asked.filter(at -> !reading.heardAt().isAfter(at)).isPresent();
    return hasSomethingToTell() && reading.isSilent(now) && !isDegraded() && !isAsked;
  }

  /** What was asked needs no answer any more. */
  public boolean isSettled() {
    return !row.isEmpty() && !hasSomethingToTell();
  }

  public GraphBook asked(Instant now) {
    return new GraphBook(reading, row, firstNamed, left, Optional.of(now));
  }

  private boolean hasSomethingToTell() {
    return !row.isEmpty()
        && row.getLast().events().stream().anyMatch(event -> !left.contains(event.key()));
  }

  private GraphWord.Answers answers(Duration apart) {
    Answer newest = row.getLast();
    return new GraphWord.Answers(
        newest.events().stream().filter(event -> !left.contains(event.key())).toList(),
        newest.keys(),
        row.stream()
            .limit(row.size() - 1L)
            .flatMap(each -> each.keys().stream())
            .collect(Collectors.toSet()),
        spans(apart));
  }

  private boolean spans(Duration apart) {
    return !row.isEmpty()
        && Duration.between(row.getFirst().at(), row.getLast().at()).compareTo(apart) >= 0;
  }

  private boolean isOver(String key, Duration apart) {
    return spans(apart) && row.stream().noneMatch(each -> each.keys().contains(key));
  }

  private GraphBook leavingToWatcher() {
    Set<String> more = new HashSet<>(left);
    firstNamed.forEach(
        (key, at) -> {
          if (isReadByTheWatcherSince(at)) {
            more.add(key);
          }
        });
    if (!row.isEmpty()) {
      row.getLast().events().stream()
          .filter(this::isToldByACondition)
          .forEach(event -> more.add(event.key()));
    }
    return new GraphBook(reading, row, firstNamed, more, asked);
  }

  private boolean isReadByTheWatcherSince(Instant named) {
    return reading.note().filter(note -> note.health() == ObservationNote.Health.OK).isPresent()
        && !reading.heardAt().isBefore(named.plus(WATCHER_HAS_SEEN_IT));
  }

  // which has an id of its own, so the same event would be two
  private boolean isToldByACondition(ScheduledEvent event) {
    return reading.note().map(ObservationNote::events).orElse(List.of()).stream()
        .filter(each -> each.source() == EventSource.NODE_CONDITION)
        .anyMatch(each -> EventKind.of(each.type()) == event.kind());
  }
}

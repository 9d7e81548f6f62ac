package io.drainwatch.drainer.cluster;

import io.drainwatch.drainer.pods.PodFacts;
import io.drainwatch.drainer.pods.PodView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pods of one Node: list, watch, and a cross-check of the two by further lists. */
final class PodWatch extends WatchLoop {
  private static final Logger LOG = LoggerFactory.getLogger(PodWatch.class);

  private final Lists<PodFacts> lists;
  private final InstantSource clock;
  private final WatchTimes times;
  private final Consumer<PodsSeen> listener;

  // all under the lock
  private final Map<String, PodFacts> pods = new LinkedHashMap<>();
  private Optional<Instant> completeAt = Optional.empty();
  private Duration serverAhead = Duration.ZERO;
  private int disagreements;
  private int beginnings;

  PodWatch(
      Wire wire,
      Lists<PodFacts> lists,
      InstantSource clock,
      WatchTimes times,
      Consumer<PodsSeen> listener) {
    super(wire, lists.path(), lists.selector(), times);
    this.lists = lists;
    this.clock = clock;
    this.times = times;
    this.listener = listener;
  }

  @Override
  Set<String> dropped() {
    return lists.dropped();
  }

  void begin() {
    start();
    thread("drainwatch-cross-check", this::crossCheck);
  }

  @Override
  Optional<String> look() {
    return switch (lists.read(Wire.LIMIT)) {
      case Listing.Complete<PodFacts> complete -> {
        locked(
            () -> {
              pods.clear();
              complete.items().forEach(pod -> pods.put(key(pod), pod));
              beginnings++;
              confirm(complete);
            });
        yield Optional.of(complete.version());
      }
      case Listing.Failed<PodFacts> failed -> {
        LOG.info("The pods stay as last seen, which is told by their age: {}", failed.why());
        yield Optional.empty();
      }
    };
  }

  @Override
  void event(WatchStream.Event event) {
    PodFacts pod = PodReader.read(event.object());
    if (event.type().equals("DELETED")) {
      pods.remove(key(pod));
    } else {
      pods.put(key(pod), pod);
    }
    tell();
  }

  @Override
  void bookmark() {
    completeAt = Optional.of(clock.instant());
    tell();
  }

  private void crossCheck() {
    while (pause(times.crossCheck())) {
      try {
        checkOnce();
      } catch (RuntimeException e) {
        LOG.error("A cross-check failed in an unforeseen way: {}", Line.of(e), e);
      }
    }
  }

  /** Blocks, like {@link #look}. */
  void checkOnce() {
    Set<String> before = known();
    int begunWith = beginnings();
    if (lists.read(Wire.LIMIT) instanceof Listing.Complete<PodFacts> complete) {
      Set<String> doubtful = differences(complete.items(), before, known());
      if (!doubtful.isEmpty() && pause(times.settled())) {
        // what was only on its way has arrived by now
        doubtful.retainAll(differences(complete.items(), known(), known()));
      }
      judge(complete, doubtful, begunWith);
    }
  }

  private void judge(Listing.Complete<PodFacts> complete, Set<String> doubtful, int begunWith) {
    locked(
        () -> {
          if (beginnings != begunWith) {
            return; // listed anew in between: there is nothing to compare with
          }
          if (doubtful.isEmpty()) {
            confirm(complete);
          } else {
            disagreements += doubtful.size();
            lookAgain("a list and the watch disagree about " + doubtful.size() + " pods");
          }
        });
  }

  /** What the list has and the view neither had before nor has now, and the other way round. */
  private static Set<String> differences(
      List<PodFacts> listed, Set<String> before, Set<String> after) {
    Set<String> differing = new LinkedHashSet<>();
    Set<String> keys = new LinkedHashSet<>();
    listed.forEach(pod -> keys.add(key(pod)));
    keys.stream()
        .filter(key -> !before.contains(key) && !after.contains(key))
        .forEach(differing::add);
    before.stream()
        .filter(key -> after.contains(key) && !keys.contains(key))
        .forEach(differing::add);
    return differing;
  }

  private void confirm(Listing.Complete<PodFacts> complete) {
    // a moment that lies ahead is one of before our clock was set back
    boolean isKnownNewer =
        completeAt
            .filter(at -> at.isAfter(complete.begun()) && !at.isAfter(complete.ended()))
            .isPresent();
    if (!isKnownNewer) {
      completeAt = Optional.of(complete.begun());
    }
    serverAhead = Duration.between(complete.ended(), complete.serverNow());
    tell();
  }

  private void tell() {
    listener.accept(
        new PodsSeen(
            new PodView(List.copyOf(pods.values()), completeAt), serverAhead, disagreements));
  }

  private Set<String> known() {
    Set<String> keys = new LinkedHashSet<>();
    locked(() -> keys.addAll(pods.keySet()));
    return keys;
  }

  private int beginnings() {
    int[] count = {-1};
    locked(() -> count[0] = beginnings);
    return count[0];
  }

  private static String key(PodFacts pod) {
    return pod.uid().isEmpty() ? pod.namespace() + "/" + pod.name() : pod.uid();
  }
}

package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads along what the core is told, and says by the plain words of the specification which events
 * have removed other VMs: a Preempt or Terminate that does not name this VM, was Started or past
 * NotBefore when it went missing, and is gone from two documents.
 */
final class PeerOracle implements VirtualVm.Onlooker {

  private static final class Story {
    private boolean started;
    private Optional<Instant> notBefore = Optional.empty();
    private Optional<Instant> missing = Optional.empty();
  }

  private final Map<String, Story> stories = new LinkedHashMap<>();
  private final List<String> expected = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private final Set<String> calls = new HashSet<>();
  private final List<String> wrong = new ArrayList<>();
  private Optional<Instant> emptySince = Optional.empty();
  private Instant lastEmpty = Instant.MIN;
  int cancelled;

  /** Keys of the events whose removal is to be told, in order. */
  List<String> expected() {
    return expected;
  }

  List<String> told() {
    return told;
  }

  List<String> wrong() {
    return wrong;
  }

  @Override
  public void stepped(Watch before, Observation observation, Transition step, Instant now) {
    if (observation instanceof Observation.EmptyAnswer) {
      empty(now);
    } else if (observation instanceof Observation.DocumentRead(Document document)) {
      emptySince = Optional.empty();
      if (Duration.between(document.readAt(), now).toSeconds() <= 30) {
        document(document.events(), now);
      }
    } else if (observation instanceof Observation.ClockStepped(Duration by)) {
      emptySince = emptySince.map(at -> at.plus(by));
      lastEmpty = lastEmpty.equals(Instant.MIN) ? lastEmpty : lastEmpty.plus(by);
    } else if (observation instanceof Observation.ReadFailed
        || observation instanceof Observation.DaemonStarted) {
      emptySince = Optional.empty();
    }
    step.actions().forEach(action -> look(action, step.watch()));
  }

  private void look(Action action, Watch after) {
    if (action instanceof Action.Notify(Reason reason, String detail)
        && reason == Reason.PEER_REMOVED) {
      told.add(detail.split("[ :]")[1].toUpperCase(Locale.ROOT));
    } else if (action instanceof Action.RunScript run && run.hook() == Hook.PEER_REMOVED) {
      PeerEvent of = after.peers().removal().orElseThrow().of();
      if (!calls.add(of.event().key() + " " + run.script() + " " + run.attempt())) {
        wrong.add("called twice: " + of.event().key() + " " + run);
      }
      if (of.event().names("vm1")) {
        wrong.add("names this VM: " + of);
      }
    }
  }

  private void empty(Instant now) {
    if (emptySince.isEmpty() || Duration.between(lastEmpty, now).toSeconds() > 30) {
      emptySince = Optional.of(now);
    }
    lastEmpty = now;
    if (Duration.between(emptySince.get(), now).toSeconds() >= 120) {
      document(List.of(), now);
      emptySince = Optional.of(now);
    }
  }

  private void document(List<ScheduledEvent> events, Instant now) {
    Set<String> inIt = new TreeSet<>();
    for (ScheduledEvent event : events) {
      inIt.add(event.key());
      boolean isPeers = List.of("Preempt", "Terminate").contains(event.type());
      if (!isPeers || event.names("vm1")) {
        stories.remove(event.key());
      } else if (!expected.contains(event.key())) {
        Story story = stories.computeIfAbsent(event.key(), key -> new Story());
        story.started |= event.isStarted();
        story.notBefore = event.notBefore().or(() -> story.notBefore);
        story.missing = Optional.empty();
      }
    }
    for (String key : List.copyOf(stories.keySet())) {
      if (!inIt.contains(key)) {
        missing(key, now);
      }
    }
  }

  private void missing(String key, Instant now) {
    Story story = stories.getOrDefault(key, new Story());
    if (story.missing.isEmpty()) {
      story.missing = Optional.of(now);
      return;
    }
    stories.remove(key);
    boolean past = story.notBefore.filter(at -> !story.missing.get().isBefore(at)).isPresent();
    if (story.started || past) {
      expected.add(key);
    } else {
      cancelled++;
    }
  }
}

package io.drainwatch.watcher.node;

import io.drainwatch.drainer.cluster.NodesListing;
import io.drainwatch.drainer.maintenance.SharedAcknowledgement;
import io.drainwatch.drainer.maintenance.TrackedEvent;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.relay.SharedEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Form {@code agent}: whether the records of all other VMs that an event names call it drained
 * (kubernetes-drain.md 13); {@code acknowledge.shared} decides about a VM that is no Node. Only
 * where the Nodes may be listed; elsewhere the core goes by {@code acknowledge.shared} alone.
 *
 * <p>What is asked for and may not leave is looked at again each {@link #AGAIN}, and nobody looks
 * while nothing waits. A list is made for the very question, so a record that was taken back in the
 * meantime allows nothing.
 */
final class OtherRecords {
  static final Duration AGAIN = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger("drainwatch");

  private final boolean on;
  private final SharedAcknowledgement shared;
  private final Supplier<NodesListing> list;
  private final LongSupplier nanoseconds;
  private final Consumer<Runnable> beside;
  private final Set<String> waiting = new HashSet<>();
  private Optional<Watch> watch = Optional.empty();
  private boolean underWay;
  private boolean failedBefore;
  private long askedAt;

  /**
   * @param shared who decides about a VM that is no Node
   * @param list blocks
   * @param nanoseconds monotonic
   * @param beside runs what blocks
   */
  OtherRecords(
      boolean on,
      SharedAcknowledgement shared,
      Supplier<NodesListing> list,
      LongSupplier nanoseconds,
      Consumer<Runnable> beside) {
    this.on = on;
    this.shared = shared;
    this.list = list;
    this.nanoseconds = nanoseconds;
    this.beside = beside;
  }

  synchronized void stepped(Watch newest) {
    watch = Optional.of(newest);
  }

  /** Whether others have a say about it: then {@link #ask} tells, and nothing leaves before. */
  synchronized boolean haveASay(String eventId) {
    return on
        && tracked(eventId)
            .filter(TrackedEvent::isAcknowledgedByDrain)
            .filter(each -> each.event().namesOthersThan(self()))
            .isPresent();
  }

  /**
   * @param answered true: all are drained. False: not yet, and it is told by {@link #lookIfDue}
   */
  void ask(String eventId, Consumer<Boolean> answered) {
    beside.accept(
        () -> {
          boolean allowed = look(Set.of(eventId)).contains(eventId);
          synchronized (this) {
            askedAt = nanoseconds.getAsLong();
            if (allowed) {
              waiting.remove(eventId);
            } else {
              waiting.add(eventId);
            }
          }
          answered.accept(allowed);
        });
  }

  /**
   * At every poll; returns at once.
   *
   * @param allowed told of an event that was not allowed when it was asked for
   */
  synchronized void lookIfDue(Consumer<String> allowed) {
    waiting.removeIf(id -> !haveASay(id));
    if (waiting.isEmpty() || underWay || nanoseconds.getAsLong() - askedAt < AGAIN.toNanos()) {
      return;
    }
    underWay = true;
    askedAt = nanoseconds.getAsLong();
    Set<String> asked = Set.copyOf(waiting);
    beside.accept(
        () -> {
          List<String> found = new ArrayList<>(look(asked));
          synchronized (this) {
            underWay = false;
            found.removeIf(id -> !waiting.remove(id));
          }
          found.forEach(allowed);
        });
  }

  private Set<String> look(Set<String> asked) {
    try {
      return switch (list.get()) {
        case NodesListing.Complete(List<NodeFacts> nodes) -> {
          said(Optional.empty());
          yield allowed(asked, drained(nodes));
        }
        case NodesListing.Failed(String why) -> {
          said(Optional.of(why));
          yield Set.of();
        }
      };
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      LOG.error("reading the records of the other Nodes failed in itself", e);
      return Set.of();
    }
  }

  private synchronized void said(Optional<String> failure) {
    if (failure.isPresent() && !failedBefore) {
      LOG.warn(
          "the other Nodes cannot be listed ({}): what names them as well is not acknowledged yet;"
              + " tried again each {} s",
          failure.get(),
          AGAIN.toSeconds());
    }
    failedBefore = failure.isPresent();
  }

  private synchronized Set<String> allowed(Set<String> asked, Map<String, Set<String>> drained) {
    Set<String> allowed = new HashSet<>();
    for (String id : asked) {
      tracked(id)
          .filter(
              each ->
                  SharedEvents.othersAreDrained(
                      id,
                      each.event().resources(),
                      false,
                      self(),
                      shared,
                      name -> Optional.ofNullable(drained.get(name.toLowerCase(Locale.ROOT)))))
          .ifPresent(each -> allowed.add(id));
    }
    return allowed;
  }

  private static Map<String, Set<String>> drained(List<NodeFacts> nodes) {
    Map<String, Set<String>> drained = new HashMap<>();
    for (NodeFacts node : nodes) {
      String vm = ProviderId.vmName(node.providerId()).orElse(node.name()).toLowerCase(Locale.ROOT);
      // two Nodes that claim to be the same VM: nothing is known for sure
      drained.merge(vm, SharedEvents.drainedOn(node), (a, b) -> Set.of());
    }
    return drained;
  }

  private Optional<TrackedEvent> tracked(String eventId) {
    return watch.stream()
        .flatMap(each -> each.episode().stream())
        .flatMap(each -> each.events().stream())
        .filter(each -> each.event().id().equalsIgnoreCase(eventId))
        .findFirst();
  }

  private String self() {
    return watch.flatMap(each -> each.episode()).map(each -> each.machine().vmName()).orElse("");
  }
}

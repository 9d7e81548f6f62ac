package io.drainwatch.drainer.notify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is still to be told to whom, oldest first, and the ids of what was taken in lately. A value:
 * what is on the disk is one of these.
 *
 * <ul>
 *   <li>A notice whose id is known is not taken in again.
 *   <li>Each sink is told in the order in which notices came in; none waits for another sink.
 *   <li>Bounded: beyond so many entries the oldest entry goes, and whom it was still for is said.
 * </ul>
 *
 * @param known ids taken in, oldest first
 */
public record Outbox(List<Entry> entries, List<String> known) {
  /** On a VM: a maintenance has some ten notices. */
  public static final int MOST_OF_A_VM = 256;

  /** Where notices of a whole cluster are kept in memory. */
  public static final int MOST_OF_A_CLUSTER = 4_096;

  /** Ids of some hundred maintenances: one that comes to an end is remembered for long. */
  static final int MOST_KNOWN = 1_024;

  public static final Outbox EMPTY = new Outbox(List.of(), List.of());

  /**
   * @param open names of the sinks that have not been told
   */
  public record Entry(Notice notice, Set<String> open) {
    public Entry {
      open = Set.copyOf(open);
    }
  }

  /**
   * An outbox that took something in.
   *
   * @param dropped for each sink how many notices went that it was not told
   */
  public record Taken(Outbox outbox, Map<String, Integer> dropped) {
    public Taken {
      dropped = Map.copyOf(dropped);
    }
  }

  public Outbox {
    entries = List.copyOf(entries);
    known = List.copyOf(known);
  }

  /**
   * With what of these is not known yet.
   *
   * @param most entries
   */
  public Taken plus(List<Notice> notices, Map<String, NoticeFilter> sinks, int most) {
    List<Entry> all = new ArrayList<>(entries);
    Set<String> ids = new LinkedHashSet<>(known);
    for (Notice notice : notices) {
      if (ids.add(notice.id())) {
        Set<String> open = new HashSet<>();
        sinks.forEach(
            (sink, filter) -> {
              if (filter.wants(notice)) {
                open.add(sink);
              }
            });
        if (!open.isEmpty()) {
          all.add(new Entry(notice, open));
        }
      }
    }
    return bounded(all, ids, most);
  }

  private Taken bounded(List<Entry> all, Set<String> ids, int most) {
    if (ids.size() == known.size()) {
      return new Taken(this, Map.of());
    }
    int tooMany = Math.max(0, all.size() - most);
    Map<String, Integer> dropped = new HashMap<>();
    all.subList(0, tooMany).stream()
        .flatMap(entry -> entry.open().stream())
        .forEach(sink -> dropped.merge(sink, 1, Integer::sum));
    List<String> kept = List.copyOf(ids);
    return new Taken(
        new Outbox(
            all.subList(tooMany, all.size()),
            kept.subList(Math.max(0, kept.size() - MOST_KNOWN), kept.size())),
        dropped);
  }

  /** With all that another one holds before what this one has taken in since. */
  public Outbox behind(Outbox earlier) {
    Set<String> before = Set.copyOf(earlier.known);
    List<Entry> all = new ArrayList<>(earlier.entries);
    entries.stream().filter(entry -> !before.contains(entry.notice().id())).forEach(all::add);
    Set<String> ids = new LinkedHashSet<>(earlier.known);
    ids.addAll(known);
    List<String> kept = List.copyOf(ids);
    return new Outbox(
        all.subList(Math.max(0, all.size() - MOST_OF_A_VM), all.size()),
        kept.subList(Math.max(0, kept.size() - MOST_KNOWN), kept.size()));
  }

  /** Without the sinks that are not configured any more. */
  public Outbox of(Set<String> sinks) {
    return withEntries(
        entries.stream()
            .map(
                entry -> {
                  Set<String> open = new HashSet<>(entry.open());
                  open.retainAll(sinks);
                  return new Entry(entry.notice(), open);
                })
            .filter(entry -> !entry.open().isEmpty())
            .toList());
  }

  /** The sink was told, or will never be. */
  public Outbox without(String sink, String id) {
    List<Entry> rest = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.notice().id().equals(id)) {
        Set<String> open = new HashSet<>(entry.open());
        open.remove(sink);
        if (!open.isEmpty()) {
          rest.add(new Entry(entry.notice(), open));
        }
      } else {
        rest.add(entry);
      }
    }
    return withEntries(rest);
  }

  /** Everybody was told of everything. */
  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** What the sink is to be told now. */
  public Optional<Notice> next(String sink) {
    return entries.stream()
        .filter(entry -> entry.open().contains(sink))
        .map(Entry::notice)
        .findFirst();
  }

  /** How many notices the sink has not been told. */
  public int size(String sink) {
    return (int) entries.stream().filter(entry -> entry.open().contains(sink)).count();
  }

  private Outbox withEntries(List<Entry> others) {
    return others.equals(entries) ? this : new Outbox(others, known);
  }
}

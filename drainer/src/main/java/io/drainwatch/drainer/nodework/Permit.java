package io.drainwatch.drainer.nodework;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * What an acknowledgement from this machine goes by.
 *
 * @param seenEmpty this very process saw the Node empty, and no pod that has to go since
 * @param withheld keys of events that the core asked for and that may not leave yet
 * @param toNote keys of events whose acknowledgement no journal of this machine tells of: none
 *     leaves before the record on the Node does. They stay, so that the record does not go to and
 *     fro with each try
 */
record Permit(boolean seenEmpty, Set<String> withheld, Set<String> toNote) {
  static final Permit NONE = new Permit(false, Set.of(), Set.of());

  Permit {
    withheld = Set.copyOf(withheld);
    toNote = Set.copyOf(toNote);
  }

  Permit seenEmpty(boolean now) {
    return new Permit(now, withheld, toNote);
  }

  Permit with(String key) {
    return new Permit(seenEmpty, and(withheld, key), toNote);
  }

  Permit without(String key) {
    Set<String> fewer = new HashSet<>(withheld);
    fewer.remove(key);
    return new Permit(seenEmpty, fewer, toNote);
  }

  Permit noting(String key) {
    return new Permit(seenEmpty, withheld, and(toNote, key));
  }

  /** Of events that are known no more nothing is to be noted. */
  Permit notingOnly(Collection<String> known) {
    Set<String> fewer = new HashSet<>(toNote);
    fewer.retainAll(known);
    return fewer.equals(toNote) ? this : new Permit(seenEmpty, withheld, fewer);
  }

  private static Set<String> and(Set<String> keys, String key) {
    Set<String> more = new HashSet<>(keys);
    more.add(key);
    return more;
  }
}

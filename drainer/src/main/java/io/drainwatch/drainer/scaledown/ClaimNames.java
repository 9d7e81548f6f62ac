package io.drainwatch.drainer.scaledown;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which claims are a set's: by their names, as the StatefulSet controller makes them. Not by their
 * labels, which differ in practice.
 */
public final class ClaimNames {
  private ClaimNames() {}

  static String name(String template, String set, int ordinal) {
    return stem(template, set) + "-" + ordinal;
  }

  /** What stands before the ordinal. */
  public static String stem(String template, String set) {
    return template + "-" + set;
  }

  /** Empty: the name is of no claim of such a set. */
  static OptionalInt ordinal(String claim, String set, Collection<String> templates) {
    return OrdinalName.of(claim)
        .filter(name -> templates.stream().anyMatch(each -> stem(each, set).equals(name.stem())))
        .map(name -> OptionalInt.of(name.ordinal()))
        .orElseGet(OptionalInt::empty);
  }

  /** The set's claims that are not on their way out, highest ordinal first. */
  static TreeMap<Integer, List<ClaimFacts>> byOrdinal(SetFacts set, Collection<ClaimFacts> claims) {
    Map<Integer, List<ClaimFacts>> grouped =
        claims.stream()
            .filter(claim -> claim.namespace().equals(set.id().namespace()))
            .filter(claim -> !claim.isTerminating())
            .filter(claim -> ordinal(claim, set).isPresent())
            .collect(Collectors.groupingBy(claim -> ordinal(claim, set).orElseThrow()));
    TreeMap<Integer, List<ClaimFacts>> descending = new TreeMap<>(Comparator.reverseOrder());
    descending.putAll(grouped);
    return descending;
  }

  private static OptionalInt ordinal(ClaimFacts claim, SetFacts set) {
    return ordinal(claim.name(), set.id().name(), set.claimTemplates());
  }
}

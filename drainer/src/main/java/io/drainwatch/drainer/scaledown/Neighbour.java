package io.drainwatch.drainer.scaledown;

import java.util.List;

/** Another set of the namespace, whose claims may have the same names. */
public record Neighbour(String name, List<String> claimTemplates) {
  public Neighbour {
    claimTemplates = List.copyOf(claimTemplates);
  }

  boolean fits(String claim) {
    return ClaimNames.ordinal(claim, name, claimTemplates).isPresent();
  }
}

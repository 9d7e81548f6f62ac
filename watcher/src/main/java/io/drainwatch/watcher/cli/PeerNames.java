package io.drainwatch.watcher.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The other VMs that somebody names, each once; case makes no difference, as in Azure.
 *
 * @param selfWasNamed this VM was among them
 */
record PeerNames(List<String> others, boolean selfWasNamed) {
  private static final int LONGEST = 80;
  private static final Pattern NOT_IN_A_NAME = Pattern.compile("(?U)[\\s\\p{Cntrl}/]");

  PeerNames {
    others = List.copyOf(others);
  }

  static PeerNames of(List<String> named, String self) {
    Set<String> seen = new HashSet<>();
    List<String> others = new ArrayList<>();
    boolean selfWasNamed = false;
    for (String name : named) {
      if (name.equalsIgnoreCase(self)) {
        selfWasNamed = true;
      } else if (seen.add(name.toLowerCase(Locale.ROOT))) {
        others.add(name);
      }
    }
    return new PeerNames(others, selfWasNamed);
  }

  /** Why this cannot be a VM's name: in a list it would read as two, or as none. */
  static Optional<String> problem(String name) {
    if (name.isEmpty()) {
      return Optional.of("it is empty");
    }
    if (NOT_IN_A_NAME.matcher(name).find()) {
      return Optional.of("it has white space, a slash or control characters");
    }
    return name.length() > LONGEST
        ? Optional.of("it has more than " + LONGEST + " characters")
        : Optional.empty();
  }
}

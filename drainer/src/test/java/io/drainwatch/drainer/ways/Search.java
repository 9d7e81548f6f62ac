package io.drainwatch.drainer.ways;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Every way through a world with at most so many disturbances, fewest first; what came to the same
 * state by another way is not followed twice. So what is found is a way with as few disturbances as
 * there is.
 */
final class Search {
  /** How a state was come to, the last first. */
  private record Way(String last, Optional<Way> before) {
    @Override
    public String toString() {
      List<String> all = new ArrayList<>();
      for (Optional<Way> at = Optional.of(this); at.isPresent(); at = at.get().before) {
        all.addFirst(at.get().last);
      }
      return String.join(System.lineSeparator() + "  ", all);
    }
  }

  private record Reached(World world, Way way) {}

  /**
   * @param states that were looked at
   * @param wrong what broke first, and the way to it
   * @param complete nothing is left that the bound kept from being looked at
   */
  record Found(int states, Optional<String> wrong, boolean complete) {}

  private final Set<Long> known = new HashSet<>();
  private final Fingerprint fingerprint = new Fingerprint();
  private Optional<String> wrong = Optional.empty();
  private final boolean everywhere;

  /** States whose disturbances the bound left out. */
  private int cut;

  private Search(boolean everywhere) {
    this.everywhere = everywhere;
  }

  /**
   * @param disturbances at most
   * @param everywhere between any two steps, and not only at landmarks
   */
  static Found of(World start, int disturbances, boolean everywhere) {
    Search search = new Search(everywhere);
    List<Reached> layer = search.follow(new Reached(start, new Way("start", Optional.empty())));
    for (int i = 0; i < disturbances && search.wrong.isEmpty() && !layer.isEmpty(); i++) {
      layer = search.disturbed(layer, i + 1 < disturbances);
    }
    return new Found(search.known.size(), search.wrong, search.cut == 0);
  }

  private List<Reached> disturbed(List<Reached> layer, boolean areToBeDisturbed) {
    List<Reached> next = new ArrayList<>();
    for (Reached at : layer) {
      for (World.Step step : at.world.disturbances()) {
        if (wrong.isPresent()) {
          return next;
        }
        List<Reached> all = follow(reached(at, "! ", step));
        if (areToBeDisturbed) {
          next.addAll(all);
        } else {
          cut += all.size();
        }
      }
    }
    return next;
  }

  /** Undisturbed, as long as it is new. */
  private List<Reached> follow(Reached from) {
    List<Reached> all = new ArrayList<>();
    Reached at = from;
    while (wrong.isEmpty() && known.add(fingerprint.of(at.world))) {
      if (everywhere || at.world.isALandmark()) {
        all.add(at);
      }
      Optional<World.Step> step = at.world.next();
      if (step.isEmpty()) {
        look(at, at.world.wrongAtTheEnd());
        return all;
      }
      at = reached(at, "", step.get());
    }
    return all;
  }

  private Reached reached(Reached from, String mark, World.Step step) {
    Reached to = new Reached(step.world(), new Way(mark + step.what(), Optional.of(from.way)));
    look(to, step.broken());
    return to;
  }

  private void look(Reached at, List<String> broken) {
    if (!broken.isEmpty() && wrong.isEmpty()) {
      wrong = Optional.of(broken + " after" + System.lineSeparator() + "  " + at.way);
    }
  }
}

package io.drainwatch.watcher.terminal;

import java.util.Map;

/**
 * What the terminal may be asked to do, by the environment.
 *
 * @param canMove whether the cursor can be moved, so that a picture can be drawn over another
 * @param hasColours whether colours are wanted: NO_COLOR (no-color.org) and TERM=dumb say no
 */
public record Ability(boolean canMove, boolean hasColours) {

  public static Ability of(Map<String, String> environment) {
    String term = environment.getOrDefault("TERM", "");
    boolean canMove = !term.isEmpty() && !term.equals("dumb");
    return new Ability(canMove, canMove && environment.getOrDefault("NO_COLOR", "").isEmpty());
  }
}

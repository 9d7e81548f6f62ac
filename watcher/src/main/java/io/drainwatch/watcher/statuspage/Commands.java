package io.drainwatch.watcher.statuspage;

import io.drainwatch.watcher.report.EpisodeStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What somebody can do about it. The page itself does nothing: it names the command. */
final class Commands {

  /**
   * @param line to type on the machine
   * @param what it does
   */
  record Command(String line, String what) {}

  private Commands() {}

  static List<Command> of(Optional<EpisodeStatus> maintenance) {
    List<Command> commands = new ArrayList<>();
    if (maintenance.isEmpty()) {
      commands.add(new Command("drainwatch drain", "takes the machine out of service by hand"));
      commands.add(new Command("drainwatch doctor", "looks for what would go wrong"));
      commands.add(
          new Command("drainwatch hooks list", "what would run, and why the rest would not"));
      return commands;
    }
    EpisodeStatus episode = maintenance.get();
    boolean isByHand =
        episode.events().stream()
            .anyMatch(event -> event.source().equals("Operator") && !event.gone());
    if (isByHand) {
      commands.add(
          new Command("drainwatch resume", "ends the drain by hand and brings the machine back"));
    }
    episode.hooks().stream()
        .filter(
            hook ->
                hook.scripts().stream()
                    .anyMatch(script -> script.phase().equals("failed") || isFailing(script)))
        .map(EpisodeStatus.HookStanding::hook)
        .limit(2)
        .forEach(
            hook ->
                commands.add(
                    new Command(
                        "drainwatch hooks run " + hook,
                        "runs all of that hook by hand; the daemon takes no notice")));
    commands.add(new Command("drainwatch status --watch", "this, in a terminal"));
    commands.add(new Command("journalctl -u drainwatch", "the log, with all that hooks printed"));
    return commands;
  }

  private static boolean isFailing(EpisodeStatus.ScriptStanding script) {
    return script.phase().equals("waiting") && script.reason().isPresent();
  }
}

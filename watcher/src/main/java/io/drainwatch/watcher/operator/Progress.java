package io.drainwatch.watcher.operator;

import io.drainwatch.watcher.report.EpisodeStatus;
import io.drainwatch.watcher.report.MaintenanceStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one look at the status shows that the look before did not, and whether it is over. Pure. */
public record Progress(List<String> news, Optional<End> end) {

  /** What is waited for. */
  public enum Aim {
    DRAINED,
    BACK_IN_SERVICE
  }

  /** It is over, one way or the other. */
  public record End(boolean reached, String sentence) {}

  public Progress {
    news = List.copyOf(news);
  }

  /**
   * @param id of the maintenance that is followed
   * @param before the last look; empty at the first
   */
  public static Progress between(
      Aim aim, String id, Optional<EpisodeStatus> before, MaintenanceStatus status) {
    Optional<EpisodeStatus> now =
        status.maintenance().filter(maintenance -> maintenance.id().equals(id));
    return new Progress(
        now.map(current -> news(before, current)).orElse(List.of()),
        switch (aim) {
          case DRAINED -> now.map(Progress::drained).orElse(Optional.of(OVER));
          case BACK_IN_SERVICE -> now.isPresent() ? Optional.empty() : Optional.of(BACK);
        });
  }

  private static final End BACK = new End(true, "Back in service.");
  private static final End OVER =
      new End(false, "The maintenance is over before Drained was reached; see drainwatch history.");

  private static Optional<End> drained(EpisodeStatus now) {
    EpisodeStatus.DrainStanding drain = now.drain();
    return switch (drain.outcome()) {
      case "open" -> now.held().map(held -> new End(false, "The drain is held: " + held + "."));
      case "complete" ->
          now.entered().containsKey("Drained")
              ? Optional.of(new End(true, "The machine is drained."))
              : Optional.empty();
      default -> Optional.of(new End(false, notDrained(drain)));
    };
  }

  private static String notDrained(EpisodeStatus.DrainStanding drain) {
    return "Not drained ("
        + drain.outcome()
        + ")"
        + (drain.reason().isEmpty() ? "" : ": " + drain.reason())
        + (drain.left().isEmpty() ? "" : "; left: " + String.join(", ", drain.left()))
        + ". drainwatch resume puts the machine back into service.";
  }

  private static List<String> news(Optional<EpisodeStatus> before, EpisodeStatus now) {
    Map<String, String> known = before.map(Progress::facts).orElse(Map.of());
    return facts(now).entrySet().stream()
        .filter(fact -> !fact.getValue().equals(known.get(fact.getKey())))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** What may change, each under a name of its own, in the order of a maintenance. */
  private static Map<String, String> facts(EpisodeStatus status) {
    Map<String, String> facts = new LinkedHashMap<>();
    for (EpisodeStatus.HookStanding hook : status.hooks()) {
      for (EpisodeStatus.ScriptStanding script : hook.scripts()) {
        if (!script.phase().equals("pending")) {
          String name = hook.hook() + "/" + script.name();
          facts.put(name, name + ": " + StandingText.of(script));
        }
      }
    }
    facts.put("state", status.state());
    return facts;
  }
}

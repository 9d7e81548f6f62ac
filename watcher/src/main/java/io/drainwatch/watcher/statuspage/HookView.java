package io.drainwatch.watcher.statuspage;

import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.watcher.pages.ShownText;
import io.drainwatch.watcher.report.EpisodeStatus.HookStanding;
import java.util.List;
import java.util.Optional;

/**
 * One hook with its scripts.
 *
 * @param note in place of scripts, or beside them; empty: nothing to be said
 */
record HookView(String name, String note, List<ScriptView> scripts) {
  /** Of one hook; what is beyond is counted. */
  static final int MOST_SCRIPTS = 50;

  HookView {
    scripts = List.copyOf(scripts);
  }

  static HookView of(HookStanding hook, Known known) {
    int more = hook.scripts().size() - MOST_SCRIPTS;
    return new HookView(
        ShownText.of(hook.hook()),
        note(hook) + (more > 0 ? " " + more + " more scripts are not shown." : ""),
        hook.scripts().stream()
            .limit(MOST_SCRIPTS)
            .map(script -> ScriptView.of(hook.hook(), script, known))
            .toList());
  }

  private static String note(HookStanding hook) {
    if (!hook.listed()) {
      return "its scripts are being looked for";
    }
    if (hook.scripts().isEmpty()) {
      return "no scripts";
    }
    return hook.aborted() ? "stopped: nothing more of it starts" : "";
  }

  /** In which state a hook runs; none: it is of another VM's maintenance. */
  static Optional<MaintenanceState> stateOf(Hook hook) {
    return switch (hook) {
      case SCHEDULED -> Optional.of(MaintenanceState.MAINTENANCE_SCHEDULED);
      case CORDON -> Optional.of(MaintenanceState.CORDONED);
      case PRE_STOP, DRAIN, POST_STOP -> Optional.of(MaintenanceState.DRAINING);
      case STARTED -> Optional.of(MaintenanceState.MAINTENANCE_STARTED);
      case CANCELLED, PRE_START, RUNNING, POST_START -> Optional.of(MaintenanceState.RUNNING);
      case UNCORDON -> Optional.of(MaintenanceState.UNCORDONED);
      case PEER_REMOVED, PEER_ADDED -> Optional.empty();
    };
  }
}

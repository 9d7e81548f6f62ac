package io.drainwatch.watcher.doctor;

import io.drainwatch.watcher.doctor.StateFacts.Place;
import java.util.List;

/** Who runs what: scripts are judged for one user, and run as the daemon's. */
final class UserCheck {
  private static final String NAME = "user";
  private static final int ROOT = 0;

  private UserCheck() {}

  static List<Finding> of(MachineFacts machine, StateFacts state, MachineFacts.Systemd systemd) {
    if (state.place() instanceof Place.There there && there.uid() != machine.uid()) {
      return List.of(
          Finding.warning(
              NAME,
              "doctor runs as "
                  + machine.user()
                  + ", but the daemon as "
                  + there.owner()
                  + ", who has the state directory: scripts were judged for the wrong user",
              "Run doctor as " + there.owner() + "."));
    }
    if (systemd.user().filter(name -> !name.equals(machine.user())).isPresent()) {
      return List.of(
          Finding.warning(
              NAME,
              "doctor runs as "
                  + machine.user()
                  + ", but the unit's user is "
                  + systemd.user().get()
                  + ": scripts were judged for the wrong user",
              "Run doctor as " + systemd.user().get() + "."));
    }
    return List.of(
        machine.uid() == ROOT
            ? Finding.ok(NAME, "root: scripts run as root and must belong to root")
            : Finding.ok(
                NAME,
                machine.user()
                    + ": scripts run as this user, with no more rights than it has, and must"
                    + " belong to it or to root"));
  }
}

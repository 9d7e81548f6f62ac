package io.drainwatch.drainer.context;

import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Everything a context depends on beside the VM's facts and the settings: this call of this script,
 * the event, and who else is in the group.
 *
 * @param id {@code <id of the event that began the episode>/<VM name>}
 * @param self resource name of the VM the script runs on. In peer-removed the facts are a peer's,
 *     so it is not their name
 * @param group as far as it is known; empty on a VM that knows only the names in the event
 */
public record ContextQuestion(
    String id,
    DrainContext.Invocation invocation,
    Occasion occasion,
    String self,
    Optional<KnownGroup> group) {

  public ContextQuestion {
    if (PlainText.of(id).isEmpty()) {
      throw new IllegalArgumentException("an episode without an id cannot be told from another");
    }
    self = PlainText.of(self);
  }

  boolean isSelf(String vmName) {
    return self.equalsIgnoreCase(PlainText.of(vmName));
  }

  /**
   * The event with the earliest deadline, as the episode knows it.
   *
   * @param firstSeenAsStarted no document ever called it Scheduled
   * @param lastNotBefore kept when the platform empties it; where empty the event's own counts
   * @param documentIncarnation of the document it was last seen in
   */
  public record Occasion(
      ScheduledEvent event,
      EventPhase status,
      boolean firstSeenAsStarted,
      Optional<Instant> lastNotBefore,
      Optional<Instant> deadline,
      OptionalLong documentIncarnation) {}

  /**
   * The group of the VM, where something (a cluster, an operator) tells.
   *
   * @param members in the order they are to be written
   */
  public record KnownGroup(OptionalInt size, List<Member> members) {
    public KnownGroup {
      if (size.isPresent() && size.getAsInt() < 0) {
        throw new IllegalArgumentException("a group of " + size.getAsInt() + " members");
      }
      members = List.copyOf(members);
    }

    /**
     * One member by its resource name.
     *
     * @param state of its own episode; empty: unknown
     */
    public record Member(String name, Optional<MaintenanceState> state) {}
  }
}

package io.drainwatch.drainer.drainsafe;

import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import java.util.Map;

/**
 * DrainSafe's three annotations of a node.
 *
 * @param type the event's type as received, or empty
 * @param cordonIsOurs owner {@code Drainsafe}; else empty
 */
public record DrainSafeAnnotations(DrainSafeState state, String type, boolean cordonIsOurs) {

  public static final String STATE_KEY = "drainsafe.azure.com/maintenancestate";
  public static final String TYPE_KEY = "drainsafe.azure.com/maintenancetype";
  public static final String OWNER_KEY = "drainsafe.azure.com/maintenanceowner";

  /** The one value of the owner. */
  static final String OWNER = "Drainsafe";

  /** A node without a maintenance; to be written in the very patch that uncordons (DS02, I3). */
  public static final DrainSafeAnnotations AT_REST =
      new DrainSafeAnnotations(DrainSafeState.NODE_RUNNING, "", false);

  public DrainSafeAnnotations {
    if (state == DrainSafeState.MAINTENANCE_PENDING) {
      throw new IllegalArgumentException(state.word() + " is never written");
    }
  }

  /**
   * What is written for a maintenance. The owner stands exactly as long as the cordon that is ours:
   * not while it is only begun, and no longer once it is undone.
   *
   * @param approved whether the approval gate was passed
   */
  public static DrainSafeAnnotations of(Episode episode, boolean approved) {
    DrainSafeState state = DrainSafeState.of(episode, approved);
    boolean standing = episode.state().isBefore(MaintenanceState.RUNNING);
    return new DrainSafeAnnotations(
        state,
        standing ? episode.leading().event().type() : "",
        episode.cordonOurs() && episode.uncordon() != Episode.Step.DONE);
  }

  /** All three; an empty value is written, not left out, as DrainSafe does. */
  public Map<String, String> values() {
    return Map.of(STATE_KEY, state.word(), TYPE_KEY, type, OWNER_KEY, cordonIsOurs ? OWNER : "");
  }
}

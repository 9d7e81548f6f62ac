package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.drainsafe.DrainSafeCompat;
import io.drainwatch.drainer.evictions.EvictionSettings;
import io.drainwatch.drainer.nodes.ForeignUncordon;
import io.drainwatch.drainer.nodes.MarkSettings;
import io.drainwatch.drainer.nodes.ReturnSettings;
import io.drainwatch.drainer.pods.Ourselves;
import io.drainwatch.drainer.pods.PodRules;
import java.time.Duration;

/**
 * What the operator decided about Nodes.
 *
 * @param holder this process, as it stands in the record
 * @param settle how long pods bound before the cordon may still arrive; gates the fence always, the
 *     first eviction where the time allows
 * @param lbSettle how long load balancers get to notice the label before the first eviction
 * @param conditions whether conditions are written
 * @param podEvents whether an Event is sent for each evicted pod
 * @param drainSafe what is kept up for DrainSafe's users
 * @param writes false in dry-run: nothing is written and nothing evicted
 */
public record NodeSettings(
    String holder,
    MarkSettings marks,
    Duration settle,
    Duration lbSettle,
    PodRules pods,
    EvictionSettings evictions,
    ForeignUncordon onForeignUncordon,
    ReturnSettings returning,
    boolean conditions,
    boolean podEvents,
    Ourselves ourselves,
    DrainSafeCompat drainSafe,
    boolean writes) {
  public static final Duration DEFAULT_SETTLE = Duration.ofSeconds(5);

  public static NodeSettings defaults(String holder) {
    return new NodeSettings(
        holder,
        MarkSettings.CORDON_ONLY,
        DEFAULT_SETTLE,
        Duration.ZERO,
        PodRules.defaults(),
        EvictionSettings.DEFAULT,
        ForeignUncordon.RESPECT,
        ReturnSettings.DEFAULTS,
        true,
        false,
        Ourselves.NO_POD,
        DrainSafeCompat.OFF,
        true);
  }

  /** The same for another process. */
  public NodeSettings withHolder(String other) {
    return with(other, returning, drainSafe, writes);
  }

  public NodeSettings withReturning(ReturnSettings other) {
    return with(holder, other, drainSafe, writes);
  }

  public NodeSettings withDrainSafe(DrainSafeCompat other) {
    return with(holder, returning, other, writes);
  }

  public NodeSettings withWrites(boolean on) {
    return with(holder, returning, drainSafe, on);
  }

  private NodeSettings with(
      String otherHolder,
      ReturnSettings otherReturning,
      DrainSafeCompat otherDrainSafe,
      boolean on) {
    return new NodeSettings(
        otherHolder,
        marks,
        settle,
        lbSettle,
        pods,
        evictions,
        onForeignUncordon,
        otherReturning,
        conditions,
        podEvents,
        ourselves,
        otherDrainSafe,
        on);
  }
}

package io.drainwatch.drainer.maintenance;

/**
 * A VM of this machine's group, as whoever can see the others tells it: the Nodes of a cluster, or
 * the scale set.
 *
 * @param vmName resource name; without case
 * @param id another one where the VM was made anew under its name
 * @param boot another one with each start; blank: not told
 * @param up it is there to be used; one that is not is neither new nor gone
 */
public record GroupMember(String vmName, String id, String boot, boolean up) {}

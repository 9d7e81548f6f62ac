package io.drainwatch.azure;

import com.azure.resourcemanager.compute.models.ScheduledEventsPolicy;
import io.drainwatch.watcher.azure.EventsPolicy;
import org.jspecify.annotations.Nullable;

/** What is approved by itself; where nothing is said, Azure's defaults. */
final class PolicyReading {
  private PolicyReading() {}

  static EventsPolicy of(@Nullable ScheduledEventsPolicy policy) {
    if (policy == null) {
      return EventsPolicy.DEFAULT;
    }
    return new EventsPolicy(
        policy.userInitiatedReboot() != null
            && Told.yes(policy.userInitiatedReboot().automaticallyApprove()),
        policy.userInitiatedRedeploy() != null
            && Told.yes(policy.userInitiatedRedeploy().automaticallyApprove()),
        policy.allInstancesDown() == null
            || policy.allInstancesDown().automaticallyApprove() == null
            || policy.allInstancesDown().automaticallyApprove());
  }
}

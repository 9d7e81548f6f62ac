package io.drainwatch.watcher.simulator.platform;

import java.time.Instant;

/** Something that happened on the simulated platform, for timelines and tests. */
public sealed interface SimulatedChange {

  Instant at();

  /** One sentence for a timeline, without the time. */
  String sentence();

  /** A new event is in the document, Scheduled. */
  record EventScheduled(Instant at, SimulatedEvent event) implements SimulatedChange {
    @Override
    public String sentence() {
      return called(event)
          + " is scheduled for "
          + event.resources()
          + event.notBefore().map(time -> ", not before " + time).orElse(", without a time");
    }
  }

  /**
   * The first acknowledgement of an event; repeated ones are answered and change nothing.
   *
   * @param by name of the VM whose address was used, or who else asked for it
   */
  record EventAcknowledged(Instant at, SimulatedEvent event, String by) implements SimulatedChange {
    @Override
    public String sentence() {
      return called(event) + " is acknowledged by " + by;
    }
  }

  /** Started, from Scheduled or at once. */
  record EventStarted(Instant at, SimulatedEvent event) implements SimulatedChange {
    @Override
    public String sentence() {
      return called(event)
          + (event.plan().startsAtOnce()
              ? " starts without notice on " + event.resources()
              : event.isAcknowledged() ? " starts" : " starts, acknowledged by nobody");
    }
  }

  /** Over: it left the document after Started. */
  record EventGone(Instant at, SimulatedEvent event) implements SimulatedChange {
    @Override
    public String sentence() {
      return called(event) + " is over";
    }
  }

  /** It left the document and never started. */
  record EventCancelled(Instant at, SimulatedEvent event) implements SimulatedChange {
    @Override
    public String sentence() {
      return called(event) + " is cancelled";
    }
  }

  /** The VM is down or deleted. */
  record VmGone(Instant at, String vm, String eventId) implements SimulatedChange {
    @Override
    public String sentence() {
      return vm + " is gone";
    }
  }

  /** The VM is up again. */
  record VmBack(Instant at, String vm) implements SimulatedChange {
    @Override
    public String sentence() {
      return vm + " is back";
    }
  }

  /** A step of a scenario could not be carried out; the scenario goes on. */
  record OrderRefused(Instant at, Order order, String why) implements SimulatedChange {
    @Override
    public String sentence() {
      return "not done: " + why;
    }
  }

  private static String called(SimulatedEvent event) {
    return event.plan().type() + " " + event.id();
  }
}

package io.drainwatch.drainer.ways;

import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the platform says of one event.
 *
 * @param notBefore once it is scheduled
 */
record Platform(
    String id, String type, Duration notice, Status status, Optional<Instant> notBefore) {
  enum Status {
    NOT_YET,
    SCHEDULED,
    STARTED,
    GONE
  }

  static Platform notYet(String id, String type, Duration notice) {
    return new Platform(id, type, notice, Status.NOT_YET, Optional.empty());
  }

  Platform scheduled(Instant now) {
    return new Platform(id, type, notice, Status.SCHEDULED, Optional.of(now.plus(notice)));
  }

  private Platform with(Status next) {
    return new Platform(id, type, notice, next, notBefore);
  }

  Stream<Platform> moves(Instant now) {
    return switch (status) {
      case NOT_YET -> Stream.of(scheduled(now));
      case SCHEDULED -> Stream.of(with(Status.STARTED), with(Status.GONE));
      case STARTED -> Stream.of(with(Status.GONE));
      case GONE -> Stream.of();
    };
  }

  boolean stands() {
    return status == Status.SCHEDULED || status == Status.STARTED;
  }

  Stream<ScheduledEvent> event() {
    return stands()
        ? Stream.of(
            new ScheduledEvent(
                id,
                true,
                type,
                status == Status.SCHEDULED ? EventStatus.SCHEDULED : EventStatus.STARTED,
                EventSource.PLATFORM,
                "VirtualMachine",
                List.of(SmallWorld.VM),
                status == Status.SCHEDULED ? notBefore : Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty()))
        : Stream.of();
  }
}

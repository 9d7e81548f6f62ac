package io.drainwatch.drainer.notify;

import io.drainwatch.drainer.maintenance.DrainResult;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Reason;
import io.drainwatch.drainer.maintenance.Summary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that is to be told of a maintenance as it stands, in the order of its life. Made anew after
 * each step: whoever keeps the outbox takes what it does not know yet ({@link Outbox}). So a step
 * that nobody could tell of, because the process died, is told of after the next start.
 *
 * <p>What is in the way is not in the record, but for a foreign uncordon: it is told when the core
 * says it, once for each reason and maintenance.
 */
public final class Notices {
  private static final int MOST_LEFT = 10;

  private final Course course;
  private final Subject subject;
  private final Instant now;
  private final List<Notice> notices = new ArrayList<>();

  private Notices(Course course, Subject subject, Instant now) {
    this.course = course;
    this.subject = subject;
    this.now = now;
  }

  /**
   * Of a maintenance under way.
   *
   * @param now stands where the record does not tell when
   */
  public static List<Notice> of(Episode episode, Subject subject, Instant now) {
    return new Notices(Course.of(episode), subject, now).all();
  }

  /** Of a maintenance that is over. */
  public static List<Notice> of(Summary summary, Subject subject) {
    return new Notices(Course.of(summary), subject, summary.endedAt()).all();
  }

  /** Of what the core says in the course of a maintenance; empty: it is no matter of people's. */
  public static Optional<Notice> of(
      Reason reason, String detail, Episode episode, Subject subject, Instant now) {
    return isInTheWay(reason)
        ? Optional.of(blocked(reason.label(), reason.text(), detail, episode, subject, now))
        : Optional.empty();
  }

  /**
   * Something is in the way of which only the shell knows.
   *
   * @param what tells it from other things of this maintenance that may be in the way
   */
  public static Notice blocked(
      String what, String detail, Episode episode, Subject subject, Instant now) {
    return blocked(what, "", detail, episode, subject, now);
  }

  private static Notice blocked(
      String what, String text, String detail, Episode episode, Subject subject, Instant now) {
    Notices all = new Notices(Course.of(episode), subject, now);
    boolean isBare = detail.isEmpty() || detail.equals(episode.id());
    String cause = text.isEmpty() || isBare ? text + (isBare ? "" : detail) : text + ": " + detail;
    return all.ofTheWhole(NoticeKind.BLOCKED, now, what, cause);
  }

  private static boolean isInTheWay(Reason reason) {
    return switch (reason) {
      case WAITING,
          HELD,
          RETURN_BLOCKED,
          NOT_ACKNOWLEDGED,
          ACKNOWLEDGE_FAILED,
          PODS_APPEARED,
          NODE_REPLACED,
          NOT_RECORDED ->
          true;
      default -> false; // told by its state, or no obstacle
    };
  }

  private List<Notice> all() {
    course.events().forEach(event -> add(NoticeKind.SEEN, event, event.firstSeen()));
    entered(MaintenanceState.CORDONED, NoticeKind.CORDONED);
    entered(MaintenanceState.DRAINING, NoticeKind.DRAINING);
    if (course.held()) {
      notices.add(ofTheWhole(NoticeKind.BLOCKED, now, Reason.HELD.label(), Reason.HELD.text()));
    }
    drain();
    course.events().stream()
        .filter(Course.Event::acknowledged)
        .forEach(event -> add(NoticeKind.ACKNOWLEDGED, event, atTheLatest()));
    course.events().stream()
        .filter(Course.Event::started)
        .forEach(
            event ->
                add(
                    NoticeKind.STARTED,
                    event,
                    course.entered(MaintenanceState.MAINTENANCE_STARTED).orElse(now)));
    end();
    return List.copyOf(notices);
  }

  private void drain() {
    switch (course.drain()) {
      case COMPLETE -> entered(MaintenanceState.DRAINED, NoticeKind.DRAINED);
      case FAILED, STARTED_FIRST ->
          notices.add(ofTheWhole(NoticeKind.DRAIN_FAILED, atTheLatest(), "", whyNotDrained()));
      case DEADLINE_REACHED ->
          notices.add(ofTheWhole(NoticeKind.DEADLINE_MISSED, atTheLatest(), "", whyNotDrained()));
      case OPEN, STOPPED -> {}
    }
  }

  /** When the record does not tell: it was before the start, or the return. */
  private Instant atTheLatest() {
    return course
        .entered(MaintenanceState.MAINTENANCE_STARTED)
        .or(() -> course.entered(MaintenanceState.RUNNING))
        .orElse(now);
  }

  private String whyNotDrained() {
    String reason =
        course.drain() == DrainResult.Outcome.STARTED_FIRST && course.drainReason().isEmpty()
            ? Reason.STARTED_UNDRAINED.text()
            : course.drainReason();
    if (course.left().isEmpty()) {
      return reason;
    }
    List<String> left = course.left().subList(0, Math.min(MOST_LEFT, course.left().size()));
    int more = course.left().size() - left.size();
    return reason
        + (reason.isEmpty() ? "" : "; ")
        + "left: "
        + String.join(", ", left)
        + (more == 0 ? "" : " and " + more + " more");
  }

  private void end() {
    if (course.cancelled()) {
      notices.add(
          ofTheWhole(
              NoticeKind.CANCELLED, course.entered(MaintenanceState.RUNNING).orElse(now), "", ""));
    } else {
      goneFor()
          .ifPresent(
              why ->
                  notices.add(
                      ofTheWhole(
                          NoticeKind.GONE,
                          course.entered(MaintenanceState.RUNNING).orElse(now),
                          "",
                          why)));
    }
    entered(MaintenanceState.UNCORDONED, NoticeKind.RETURNED);
  }

  private Optional<String> goneFor() {
    Optional<String> over = course.entered(MaintenanceState.RUNNING).map(at -> "");
    return course.ending().isEmpty()
        ? over
        : switch (course.ending().get()) {
          case GONE -> Optional.of("the platform deletes the VM: nothing comes back");
          case DEALLOCATED ->
              Optional.of("the VM is switched off: it returns if somebody starts it");
          case NODE_GONE -> Optional.of(Reason.NODE_GONE.text());
          case RETURNED, CANCELLED, OVERTAKEN -> over;
        };
  }

  /** Nothing more happens to the machine by itself. */
  private boolean endsHere() {
    return course
        .ending()
        .map(
            ending ->
                switch (ending) {
                  case GONE, DEALLOCATED, NODE_GONE -> true;
                  case RETURNED, CANCELLED, OVERTAKEN -> false;
                })
        .orElse(false);
  }

  private void entered(MaintenanceState state, NoticeKind kind) {
    course.entered(state).ifPresent(at -> notices.add(ofTheWhole(kind, at, "", "")));
  }

  private void add(NoticeKind kind, Course.Event event, Instant at) {
    String id = NoticeId.of(subject.vm(), kind, event.id(), course.begunAt(), "");
    notices.add(notice(id, kind, at, event, ""));
  }

  private Notice ofTheWhole(NoticeKind kind, Instant at, String detail, String cause) {
    String id = NoticeId.of(subject.vm(), kind, course.id(), course.begunAt(), detail);
    return notice(id, kind, at, course.leading(), cause);
  }

  private Notice notice(String id, NoticeKind kind, Instant at, Course.Event event, String cause) {
    boolean counts = kind.compareTo(NoticeKind.DRAINED) <= 0;
    Optional<Instant> deadline = course.deadline();
    return new Notice(
        id,
        kind,
        at,
        subject,
        course.id(),
        event.id(),
        event.type(),
        event.notBefore(),
        deadline,
        deadline
            .filter(until -> counts && until.isAfter(at))
            .map(until -> Duration.between(at, until)),
        cause,
        next(kind));
  }

  private String next(NoticeKind kind) {
    if (kind == NoticeKind.SEEN && !course.acts()) {
      return "the machine stays in service";
    }
    if (kind == NoticeKind.BLOCKED && course.held()) {
      return "nothing more until a new event, or drainwatch drain";
    }
    return kind == NoticeKind.GONE && endsHere() ? "nothing is left to be done" : kind.next();
  }
}

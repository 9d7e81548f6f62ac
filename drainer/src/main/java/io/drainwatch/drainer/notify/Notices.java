package io.drainwatch.drainer.notify;

import io.drainwatch.drainer.maintenance.AcknowledgeWhen;
import io.drainwatch.drainer.maintenance.DrainResult;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.PolicyAction;
import io.drainwatch.drainer.maintenance.Reason;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.maintenance.Summary;
import io.drainwatch.drainer.maintenance.TrackedEvent;
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
 * says it, once for each reason and maintenance. What a record does not tell is not told either: of
 * a drain whose end is not known nobody hears that it failed.
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
    return isInTheWay(reason) && !isMeantToBe(reason, detail, episode, subject)
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

  // Nobody has to look where the policy, the type or another VM of the event leaves it to the
  // platform: that is how it is set up.
  private static boolean isMeantToBe(
      Reason reason, String detail, Episode episode, Subject subject) {
    if (reason != Reason.NOT_ACKNOWLEDGED) {
      return false;
    }
    return subject.dryRun()
        || episode.events().stream()
            .filter(each -> detail.startsWith(each.event().id() + ": "))
            .anyMatch(each -> isLeftAlone(each, episode.machine().vmName()));
  }

  private static boolean isLeftAlone(TrackedEvent tracked, String vm) {
    ScheduledEvent event = tracked.event();
    return event.source() == EventSource.OPERATOR
        || !event.kind().isAcknowledgeable()
        || tracked.rule().acknowledge() == AcknowledgeWhen.NEVER
        || (event.source().isOfTheService()
            && tracked.isInNewestDocument()
            && event.namesOthersThan(vm));
  }

  /** The machine is back though its end was told before: it was not to come up again. */
  public static Notice returned(Episode episode, Subject subject, Instant now) {
    return new Notices(Course.of(episode), subject, now)
        .ofTheWhole(NoticeKind.RETURNED, now, "", "");
  }

  private List<Notice> all() {
    course.events().forEach(event -> add(NoticeKind.SEEN, event, event.firstSeen()));
    cordoned();
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
      case FAILED -> failed();
      case STARTED_FIRST -> {
        // where nothing was to be drained, nothing failed
        if (course.action() == PolicyAction.DRAIN) {
          failed();
        }
      }
      case DEADLINE_REACHED ->
          notices.add(ofTheWhole(NoticeKind.DEADLINE_MISSED, missedAt(), "", whyNotDrained()));
      case OPEN, STOPPED -> {}
    }
  }

  private Instant missedAt() {
    return course.deadline().filter(at -> !at.isAfter(now)).orElse(atTheLatest());
  }

  private void failed() {
    notices.add(ofTheWhole(NoticeKind.DRAIN_FAILED, atTheLatest(), "", whyNotDrained()));
  }

  // the state is entered before the cordon, which may have to wait for hours
  private void cordoned() {
    if (course.cordoned()) {
      Optional<Instant> later = course.entered(MaintenanceState.DRAINING);
      Instant at =
          course.action() == PolicyAction.DRAIN
              ? later.orElse(now)
              : course.entered(MaintenanceState.CORDONED).orElse(now);
      notices.add(ofTheWhole(NoticeKind.CORDONED, at, "", ""));
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
    if (isBack()) {
      notices.add(ofTheWhole(NoticeKind.RETURNED, now, "", ""));
    }
  }

  // its hooks are through, it is uncordoned, and Ready where it is a Node: then comes the summary
  private boolean isBack() {
    return course
        .ending()
        .map(
            ending ->
                switch (ending) {
                  case RETURNED, CANCELLED -> true;
                  case GONE, DEALLOCATED, NODE_GONE, OVERTAKEN -> false;
                })
        .orElse(false);
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
          case RETURNED, CANCELLED -> over;
          // does not tell whether it was cancelled; the episode did
          case OVERTAKEN -> Optional.empty();
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
    String id = NoticeId.of(subject.vm(), kind, event.id(), course.stamp(), "");
    notices.add(notice(id, kind, at, event, ""));
  }

  private Notice ofTheWhole(NoticeKind kind, Instant at, String detail, String cause) {
    String id = NoticeId.of(subject.vm(), kind, course.id(), course.stamp(), detail);
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
    if (kind == NoticeKind.SEEN && !course.action().takesOutOfService()) {
      return "the machine stays in service";
    }
    if (kind == NoticeKind.SEEN && course.action() == PolicyAction.CORDON) {
      return "new work is kept out until the event is over";
    }
    if (kind == NoticeKind.CORDONED && course.action() == PolicyAction.CORDON) {
      return "it stays so until the event is over";
    }
    if (kind == NoticeKind.BLOCKED && course.held()) {
      return "nothing more until a new event, or drainwatch drain";
    }
    return kind == NoticeKind.GONE && endsHere() ? "nothing is left to be done" : kind.next();
  }
}

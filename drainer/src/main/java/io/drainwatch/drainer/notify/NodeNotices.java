package io.drainwatch.drainer.notify;

import io.drainwatch.drainer.evictions.EvictionNotice;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Reason;
import io.drainwatch.drainer.maintenance.Summary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is told of one Node by who leads, with no disk: what follows from the record on the Node and
 * was not told by this leader. What is older than its leadership, by more than {@link #AGAIN},
 * counts as told by the one before; what happens now never does, whatever becomes of the clock.
 *
 * <p>So after a change of the leader the last minutes are told twice, under the same ids: what the
 * record has the moment of. Lost is what a sink did not take from the leader before for longer than
 * that; the end of a maintenance whose leader died before it was told, because nothing on the Node
 * speaks of it any more; and what was in the way then, unless it still is.
 *
 * @param since who leads has led since then
 * @param told ids, of the maintenance under way
 */
public record NodeNotices(
    Instant since, Set<String> told, Optional<Episode> episode, Refusals refusals) {

  /** Longer than it takes until somebody else leads. */
  public static final Duration AGAIN = Duration.ofMinutes(10);

  public NodeNotices {
    told = Set.copyOf(told);
  }

  public static NodeNotices since(Instant leads) {
    return new NodeNotices(leads, Set.of(), Optional.empty(), Refusals.NONE);
  }

  /** The new memory, and what is to be told now. */
  public record Step(NodeNotices memory, List<Notice> notices) {
    public Step {
      notices = List.copyOf(notices);
    }
  }

  /** The maintenance as it stands; empty: there is none. */
  public Step stands(Optional<Episode> now, Subject subject, Instant at) {
    if (now.isEmpty()) {
      List<Notice> last =
          episode.filter(StepNotices::isBackAfterItsEnd).stream()
              .map(each -> Notices.returned(each, subject, at))
              .toList();
      return new Step(since(since), news(last, at).notices());
    }
    boolean goesOn = episode.map(Episode::stamp).equals(now.map(Episode::stamp));
    NodeNotices standing = new NodeNotices(since, told, now, goesOn ? refusals : Refusals.NONE);
    // the record does not tell since when something is in the way: it is told when it is said
    return standing.news(
        Notices.of(now.get(), subject, at).stream()
            .filter(notice -> notice.kind() != NoticeKind.BLOCKED)
            .toList(),
        at);
  }

  public Step said(Reason reason, String detail, Subject subject, Instant at) {
    return news(
        episode.stream()
            .flatMap(each -> Notices.of(reason, detail, each, subject, at).stream())
            .toList(),
        at);
  }

  /** The drain waits for others. */
  public Step held(String by, Subject subject, Instant at) {
    return blocked("held-" + by, "the drain waits for others: " + by, subject, at);
  }

  /** Something is in the way that only the work on the Node knows of. */
  public Step blocked(String what, String detail, Subject subject, Instant at) {
    return news(
        episode.stream().map(each -> Notices.blocked(what, detail, each, subject, at)).toList(),
        at);
  }

  /** What the evictions say. */
  public Step evictions(EvictionNotice notice, Subject subject, Instant at) {
    Refusals.Step step = refusals.next(notice, at);
    NodeNotices after = new NodeNotices(since, told, episode, step.refusals());
    return step.toTell()
        .map(cause -> after.blocked("eviction-" + cause, notice.text(), subject, at))
        .orElse(new Step(after, List.of()));
  }

  public Step summarized(Summary summary, Subject subject) {
    return news(Notices.of(summary, subject), summary.endedAt());
  }

  private Step news(List<Notice> notices, Instant now) {
    Set<String> ids = new HashSet<>(told);
    Instant oldest = (now.isBefore(since) ? now : since).minus(AGAIN);
    List<Notice> news = new ArrayList<>();
    for (Notice notice : notices) {
      if (ids.add(notice.id()) && !notice.at().isBefore(oldest)) {
        news.add(notice);
      }
    }
    return new Step(new NodeNotices(since, ids, episode, refusals), news);
  }
}

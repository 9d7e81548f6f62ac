package io.drainwatch.drainer.notify;

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
 * counts as told by the one before.
 *
 * <p>So after a change of the leader the last minutes are told twice, under the same ids. Lost is
 * what a sink did not take from the leader before for longer than that; the end of a maintenance
 * whose leader died before it was told, because nothing on the Node speaks of it any more; and what
 * was in the way then, unless it still is.
 *
 * @param since who leads has led since then
 * @param told ids, of the maintenance under way
 */
public record NodeNotices(
    Instant since, Set<String> told, Optional<Episode> episode, Optional<String> waitsFor) {

  /** Longer than it takes until somebody else leads. */
  public static final Duration AGAIN = Duration.ofMinutes(10);

  public NodeNotices {
    told = Set.copyOf(told);
  }

  public static NodeNotices since(Instant leads) {
    return new NodeNotices(leads, Set.of(), Optional.empty(), Optional.empty());
  }

  /** The new memory, and what is to be told now. */
  public record Step(NodeNotices memory, List<Notice> notices) {
    public Step {
      notices = List.copyOf(notices);
    }

    private Step and(Step later) {
      List<Notice> all = new ArrayList<>(notices);
      all.addAll(later.notices);
      return new Step(later.memory, all);
    }
  }

  /** The maintenance as it stands; empty: there is none. */
  public Step stands(Optional<Episode> now, Subject subject, Instant at) {
    if (now.isEmpty()) {
      return new Step(since(since), List.of());
    }
    NodeNotices standing = new NodeNotices(since, told, now, waitsFor);
    Step step = standing.news(Notices.of(now.get(), subject, at));
    return waitsFor
        .map(
            who ->
                step.and(
                    step.memory()
                        .news(
                            List.of(
                                Notices.blocked(
                                    "held-" + who,
                                    "the drain waits for others: " + who,
                                    now.get(),
                                    subject,
                                    at)))))
        .orElse(step);
  }

  /** The drain waits for others; empty: not any more. Told once the maintenance stands. */
  public NodeNotices held(Optional<String> by) {
    return new NodeNotices(since, told, episode, by);
  }

  public Step said(Reason reason, String detail, Subject subject, Instant at) {
    return news(
        episode.stream()
            .flatMap(each -> Notices.of(reason, detail, each, subject, at).stream())
            .toList());
  }

  /** Something is in the way that only the work on the Node knows of. */
  public Step blocked(String what, String detail, Subject subject, Instant at) {
    return news(
        episode.stream().map(each -> Notices.blocked(what, detail, each, subject, at)).toList());
  }

  public Step summarized(Summary summary, Subject subject) {
    return news(Notices.of(summary, subject));
  }

  private Step news(List<Notice> notices) {
    Set<String> ids = new HashSet<>(told);
    Instant oldest = since.minus(AGAIN);
    List<Notice> news =
        notices.stream()
            .filter(notice -> ids.add(notice.id()))
            .filter(notice -> !notice.at().isBefore(oldest))
            .toList();
    return new Step(new NodeNotices(since, ids, episode, waitsFor), news);
  }
}

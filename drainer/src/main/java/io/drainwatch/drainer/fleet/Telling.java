package io.drainwatch.drainer.fleet;

import io.drainwatch.drainer.coexistence.OtherTool;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Invariants;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Reason;
import io.drainwatch.drainer.maintenance.Summary;
import io.drainwatch.drainer.nodes.HeldBy;
import io.drainwatch.drainer.nodework.NodeNote;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLogger;

/** What is said about one Node: the log, the summary line, the listener. Of one fold. */
final class Telling {
  private static final Logger SAID = LoggerFactory.getLogger(Telling.class);

  private final Logger log;
  private final String node;
  private final FleetListener listener;
  private final Set<OtherTool> toolsTold = new HashSet<>();
  private Optional<String> summarized = Optional.empty();
  private Optional<Episode> stood = Optional.empty();

  Telling(String node, FleetListener listener) {
    this(SAID, node, listener);
  }

  private Telling(Logger log, String node, FleetListener listener) {
    this.log = log;
    this.node = node;
    this.listener = listener;
  }

  /** What is said on paper. */
  static Telling toNobody(String node) {
    return new Telling(NOPLogger.NOP_LOGGER, node, FleetListener.NONE);
  }

  void entered(MaintenanceState state, Episode episode, Instant now) {
    log.info("{}: {} ({})", LogText.of(node), state.word(), LogText.of(episode.id()));
    tell(each -> each.entered(node, state, episode, now));
  }

  void stands(String pool, Optional<Episode> episode, Instant now) {
    if (!episode.equals(stood)) {
      stood = episode;
      tell(each -> each.stands(node, pool, episode, now));
    }
  }

  void nodeIsGone(Instant now) {
    tell(each -> each.nodeIsGone(node, now));
  }

  void settled(Instant now) {
    tell(each -> each.settled(node, now));
  }

  void said(Reason reason, String detail) {
    if (reason.isWarning()) {
      log.warn("{}: {}: {}", LogText.of(node), reason.text(), LogText.of(detail));
    } else {
      log.info("{}: {}: {}", LogText.of(node), reason.text(), LogText.of(detail));
    }
    tell(each -> each.said(node, reason, detail));
  }

  void noted(NodeNote note) {
    switch (note) {
      case NodeNote.Trouble(String text) -> log.warn("{}: {}", LogText.of(node), LogText.of(text));
      case NodeNote.Predicted(int pods, String text) -> {
        if (pods > 0) {
          log.warn(
              "{}: {} pods would hold up the drain: {}", LogText.of(node), pods, LogText.of(text));
        }
      }
      case NodeNote.TakenOver(String holder) ->
          log.warn(
              "{}: another process ({}) goes on with the episode; nothing is done here until it has written"
                  + " nothing for half a minute",
              LogText.of(node),
              LogText.of(holder));
      case NodeNote.Deferred(String why) ->
          log.warn("{}: it is not given back yet: {}", LogText.of(node), LogText.of(why));
      case NodeNote.MachineSeen(var fate) ->
          log.info("{}: the VM {}", LogText.of(node), fate.text());
      case NodeNote.Eviction(var notice) ->
          log.debug("{}: {}: {}", LogText.of(node), notice.reason(), LogText.of(notice.text()));
    }
    tell(each -> each.noted(node, note));
  }

  void held(String pool, HeldBy by) {
    log.info("{}: the drain waits for others: {}", LogText.of(node), by.word());
    tell(each -> each.held(node, pool, by));
  }

  /** Asked for twice for one episode, it is given once (I9). */
  void summarized(Summary summary, EpisodeEnd ending) {
    if (summarized.equals(Optional.of(summary.episode()))) {
      return;
    }
    summarized = Optional.of(summary.episode());
    log.info("{}", SummaryLine.of(node, summary, ending));
    tell(each -> each.summarized(node, summary, ending));
  }

  void alsoActs(Set<OtherTool> tools) {
    for (OtherTool tool : tools) {
      if (toolsTold.add(tool)) {
        log.info("{}: {} acts on it too: {}", LogText.of(node), tool.word(), tool.conduct());
        tell(each -> each.alsoActs(node, tool));
      }
    }
    toolsTold.retainAll(tools);
  }

  void violated(List<Invariants.Violation> violations) {
    if (!violations.isEmpty()) {
      log.error("{}: a bug: {}", LogText.of(node), LogText.of(violations.toString()));
      tell(each -> each.violated(node, violations));
    }
  }

  private void tell(Consumer<FleetListener> what) {
    try {
      what.accept(listener);
    } catch (RuntimeException e) {
      log.error("a report on Node {} failed, the work goes on", LogText.of(node), e);
    }
  }
}

package io.drainwatch.watcher.daemon;

import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Invariants;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Reason;
import io.drainwatch.drainer.maintenance.Summary;
import io.drainwatch.watcher.events.AcknowledgeAnswer;
import io.drainwatch.watcher.events.ClientState;
import io.drainwatch.watcher.events.Poll;
import io.drainwatch.watcher.events.PollResult;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Writes the log: one INFO line per transition, warnings where an operator should look. */
final class Chronicle implements Witness {
  private static final Logger LOG = LoggerFactory.getLogger("drainwatch");

  private Optional<ClientState> clientState = Optional.empty();
  private String lastFailure = "";
  private boolean diskFaultSaid;

  @Override
  public void stepped(Step step) {
    if (!isQuiet(step)) {
      say(step);
    }
    sayDiskFault(step.notWritten());
  }

  private static boolean isQuiet(Step step) {
    return step.transition().actions().isEmpty()
        && step.violations().isEmpty()
        && step.before().episode().isEmpty()
        && step.transition().watch().episode().isEmpty();
  }

  private void say(Step step) {
    String episode =
        step.transition()
            .watch()
            .episode()
            .or(() -> step.before().episode())
            .map(Episode::id)
            .orElse("none");
    MDC.put("episode", episode);
    try {
      step.transition().actions().forEach(action -> say(action, episode));
      FinishedHooks.failures(step.before().episode(), step.transition().watch().episode())
          .forEach(sentence -> LOG.warn("{}: {}", episode, sentence));
      for (Invariants.Violation violation : step.violations()) {
        LOG.error("invariant {} is broken: {}", violation.invariant(), violation.what());
      }
    } finally {
      MDC.remove("episode");
    }
  }

  private void say(Action action, String episode) {
    switch (action) {
      case Action.Enter(MaintenanceState state) -> LOG.info("{}: {}", episode, state.word());
      case Action.Notify(Reason reason, String detail) -> say(reason, episode, detail);
      case Action.Summarize(Summary summary) ->
          LOG.info(
              "{}: ended, {}, drain {}{}",
              episode,
              summary.ending(),
              summary.drain(),
              summary.left().isEmpty() ? "" : ", left: " + String.join(", ", summary.left()));
      default -> LOG.debug("{}: {}", episode, action);
    }
  }

  private void say(Reason reason, String episode, String detail) {
    if (reason == Reason.NOT_RECORDED) {
      return; // said once by the disk fault, and again when it is over
    }
    if (reason.isWarning()) {
      LOG.warn("{}: {}: {}", episode, reason.text(), detail);
    } else {
      LOG.info("{}: {}: {}", episode, reason.text(), detail);
    }
  }

  private void sayDiskFault(Optional<String> fault) {
    if (fault.isPresent() && !diskFaultSaid) {
      LOG.error(
          "{}: {}. Drainwatch goes on and tries again at each poll",
          Reason.NOT_RECORDED.text(),
          fault.get());
    } else if (fault.isEmpty() && diskFaultSaid) {
      LOG.warn("the record can be written again");
    }
    diskFaultSaid = fault.isPresent();
  }

  @Override
  public void polled(Poll poll) {
    if (poll.result() instanceof PollResult.Failed failed
        && !failed.message().equals(lastFailure)) {
      LOG.warn("{}", failed.message());
      lastFailure = failed.message();
    }
    if (!clientState.equals(Optional.of(poll.state()))) {
      LOG.info("metadata service: {}", poll.state());
      clientState = Optional.of(poll.state());
    }
    poll.oddities().forEach((oddity, count) -> LOG.warn("in the document: {} ({})", oddity, count));
  }

  @Override
  public void acknowledged(String eventId, int attempt, AcknowledgeAnswer answer) {
    switch (answer) {
      case AcknowledgeAnswer.Accepted() ->
          LOG.info("acknowledged event {} (try {}): the platform may go ahead", eventId, attempt);
      case AcknowledgeAnswer.Refused refused -> LOG.warn("{}", refused.message());
      case AcknowledgeAnswer.Unclear unclear -> LOG.warn("{}", unclear.message());
    }
  }
}

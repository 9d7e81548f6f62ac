package io.drainwatch.watcher.daemon;

import io.drainwatch.drainer.context.VmFacts;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.watcher.events.Identity;
import io.drainwatch.watcher.events.MetadataClient;
import io.drainwatch.watcher.events.Poll;
import io.drainwatch.watcher.events.PollResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One poll after another, and before anything else: who are we. Turns what the metadata service
 * says into observations; an error is reported as an error and nothing else (I10).
 */
final class Poller {
  private static final Logger LOG = LoggerFactory.getLogger(Poller.class);
  private static final Duration IDENTITY_RETRY = Duration.ofSeconds(2);

  /**
   * With a configured name the daemon can do without the compute document, but only after it was
   * asked for this often: without the vmId a record could be taken for another machine's.
   */
  static final int TRIES_WITH_A_CONFIGURED_NAME = 10;

  private final MetadataClient client;
  private final String bootId;
  private final Optional<String> configuredName;
  private final Consumer<Observation> report;
  private final Consumer<VmFacts> learned;
  private final List<Witness> witnesses;
  private boolean identified;
  private int tries;

  Poller(
      MetadataClient client,
      String bootId,
      Optional<String> configuredName,
      Consumer<Observation> report,
      Consumer<VmFacts> learned,
      List<Witness> witnesses) {
    this.client = client;
    this.bootId = bootId;
    this.configuredName = configuredName;
    this.report = report;
    this.learned = learned;
    this.witnesses = List.copyOf(witnesses);
  }

  /** Polls once; returns how long to wait until the next time. Never called twice at once. */
  Duration poll() {
    if (!identified && !identify()) {
      return IDENTITY_RETRY;
    }
    Poll poll = client.poll();
    witnesses.forEach(witness -> witness.polled(poll));
    report.accept(observed(poll.result()));
    return poll.nextPollIn();
  }

  private static Observation observed(PollResult result) {
    return switch (result) {
      case PollResult.Valid valid -> new Observation.DocumentRead(valid.document());
      case PollResult.Empty() -> new Observation.EmptyAnswer();
      case PollResult.Failed ignored -> new Observation.ReadFailed();
    };
  }

  private boolean identify() {
    tries++;
    Optional<VmFacts> facts =
        switch (client.identity()) {
          case Identity.Found(VmFacts found) -> Optional.of(named(found));
          case Identity.Failed failed -> {
            if (tries == 1 || tries % 30 == 0) {
              LOG.warn("{}", failed.message());
            }
            yield tries >= TRIES_WITH_A_CONFIGURED_NAME
                ? configuredName.map(Poller::nothingButTheName)
                : Optional.empty();
          }
        };
    facts.ifPresent(this::identified);
    return identified;
  }

  private void identified(VmFacts facts) {
    identified = true;
    learned.accept(facts);
    Machine machine = new Machine(facts.name(), facts.vmId(), bootId, facts.isDeletedWhenEvicted());
    LOG.info("this is VM {}, vmId {}", machine.vmName(), machine.vmId().orElse("not told"));
    report.accept(new Observation.DaemonStarted(machine));
  }

  private VmFacts named(VmFacts found) {
    return configuredName
        .map(
            name ->
                new VmFacts(
                    name,
                    found.vmId(),
                    found.resourceId(),
                    found.priority(),
                    found.evictionPolicy(),
                    found.scaleSet(),
                    found.zone(),
                    found.disks()))
        .orElse(found);
  }

  static VmFacts nothingButTheName(String name) {
    return nothingBut(name, true);
  }

  /**
   * @param deletedWhenEvicted as the record has it
   */
  static VmFacts nothingBut(String name, boolean deletedWhenEvicted) {
    return new VmFacts(
        name,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        deletedWhenEvicted ? Optional.empty() : Optional.of("Deallocate"),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }
}

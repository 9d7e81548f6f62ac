package io.drainwatch.watcher.daemon;

import io.drainwatch.drainer.context.VmFacts;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.watcher.events.Identity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who this VM is. Asked for until the metadata service has told all of it; where it has told only
 * part, or the configured name must do, seldom. What is learned later is reported as it was at
 * first: no restart is needed for it.
 *
 * <p>Belongs to the polling thread, but for {@link #missing}.
 */
final class OwnIdentity {
  private static final Logger LOG = LoggerFactory.getLogger(OwnIdentity.class);

  /**
   * With a configured name the daemon can do without the compute document, but only after it was
   * asked for this often: without the vmId a record could be taken for another machine's.
   */
  static final int TRIES_WITH_A_CONFIGURED_NAME = 10;

  private static final int TRIES_BEFORE_PATIENCE = 30;
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** An answer that never comes holds a poll up for ten seconds: not often. */
  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(16);

  private final Supplier<Identity> question;
  private final String bootId;
  private final Optional<String> configuredName;
  private final Supplier<Optional<String>> nodesName;
  private final LongSupplier nanoseconds;
  private final Consumer<Observation> report;
  private final Consumer<VmFacts> learned;
  private final List<Witness> witnesses;
  private Optional<VmFacts> known = Optional.empty();
  private int tries;
  private int triesWithAName;
  private Optional<Long> next = Optional.empty();
  private volatile Optional<String> missing = Optional.of("it was not asked for yet");

  /**
   * @param nodesName what the Node of a cluster says, which does for a configured name
   */
  OwnIdentity(
      Supplier<Identity> question,
      String bootId,
      Optional<String> configuredName,
      Supplier<Optional<String>> nodesName,
      LongSupplier nanoseconds,
      Consumer<Observation> report,
      Consumer<VmFacts> learned,
      List<Witness> witnesses) {
    this.question = question;
    this.bootId = bootId;
    this.configuredName = configuredName;
    this.nodesName = nodesName;
    this.nanoseconds = nanoseconds;
    this.report = report;
    this.learned = learned;
    this.witnesses = List.copyOf(witnesses);
  }

  /** Why nothing at all is known of it; empty: at least a name is. */
  Optional<String> missing() {
    return missing;
  }

  /** Asks if it is time to. */
  void askIfDue() {
    if (isComplete() || next.filter(at -> nanoseconds.getAsLong() - at < 0).isPresent()) {
      return;
    }
    tries++;
    Identity answer = question.get();
    witnesses.forEach(witness -> witness.identityAsked(answer));
    switch (answer) {
      case Identity.Found(VmFacts found) -> learn(named(found));
      case Identity.Failed failed -> {
        if (tries == 1 || tries % TRIES_BEFORE_PATIENCE == 0) {
          LOG.warn("{}", failed.message());
        }
        if (known.isEmpty()) {
          missing = Optional.of(failed.message());
          if (tries >= TRIES_WITH_A_CONFIGURED_NAME) {
            configuredName.or(nodesName).map(Poller::nothingButTheName).ifPresent(this::learn);
          }
        }
      }
    }
    next = Optional.of(nanoseconds.getAsLong() + pause().toNanos());
  }

  private Duration pause() {
    triesWithAName += known.isPresent() ? 1 : 0;
    return pause(tries, triesWithAName);
  }

  /**
   * Until it is asked for again.
   *
   * @param triesWithAName so many of these since a name is known
   */
  static Duration pause(int tries, int triesWithAName) {
    if (triesWithAName == 0) {
      return tries < TRIES_BEFORE_PATIENCE ? SOON : PATIENCE;
    }
    Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(triesWithAName - 1, 10));
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }

  private boolean isComplete() {
    return known.flatMap(VmFacts::vmId).isPresent();
  }

  private void learn(VmFacts facts) {
    if (known.equals(Optional.of(facts))) {
      return;
    }
    known = Optional.of(facts);
    missing = Optional.empty();
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
}

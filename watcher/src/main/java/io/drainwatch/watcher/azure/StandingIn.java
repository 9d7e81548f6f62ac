package io.drainwatch.watcher.azure;

import io.drainwatch.drainer.cluster.Cluster;
import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.cluster.WriteAnswer;
import io.drainwatch.drainer.desk.Desk;
import io.drainwatch.drainer.fleet.StandIn;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.OutsideAck;
import io.drainwatch.drainer.nodes.OutsideAcks;
import io.drainwatch.drainer.nodes.RecordPatches;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shell: acknowledges through Resource Manager in place of watchers that are gone. First it is
 * written on the Node that it is about to be sent, conditional on the very version that it was
 * decided by; then it is sent, once; then its answer is written. Whoever finds the first without
 * the second takes it for one that may have counted.
 *
 * <p>Everything but {@link #acknowledge} happens on the one thread of its desk, which a call blocks
 * for a limited time.
 */
public final class StandingIn implements StandIn {
  private static final Logger LOG = LoggerFactory.getLogger(StandingIn.class);
  private static final int MOST_CONFLICTS = 5;
  private static final int MOST_TRIES = 10;
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(3);

  private final AzureResources azure;
  private final Cluster cluster;
  private final Desk desk;
  private final InstantSource clock;
  private final Consumer<AckResult> counted;

  /**
   * @param desk with one thread
   * @param counted told each answer
   */
  public StandingIn(
      AzureResources azure,
      Cluster cluster,
      Desk desk,
      InstantSource clock,
      Consumer<AckResult> counted) {
    this.azure = azure;
    this.cluster = cluster;
    this.desk = desk;
    this.clock = clock;
    this.counted = counted;
  }

  @Override
  public void acknowledge(Order order) {
    desk.run(() -> carryOut(order));
  }

  private void carryOut(Order order) {
    NodeFacts node = order.send().node();
    Optional<ResourceId> vm =
        ResourceId.parse(node.providerId()).filter(id -> id.kind() != ResourceId.Kind.SCALE_SET);
    if (vm.isEmpty() || !order.mayLeave()) {
      order.over();
      return;
    }
    String id = order.send().eventId();
    OutsideAck sending =
        OutsideAck.sending(id, clock.instant(), order.send().tries(), order.holder())
            .after(order.send().sofar().of(id));
    switch (cluster.patchNode(
        node.name(), RecordPatches.acknowledging(node, order.send().sofar().with(sending)))) {
      case WriteAnswer.Done(NodeFacts noted) -> {
        if (stands(order, noted).equals(Optional.of(sending))) {
          send(order, vm.get(), sending, noted);
        } else {
          notNoted(order, "something takes the annotation away");
        }
      }
      // somebody wrote since: decided anew by what stands there now
      case WriteAnswer.Conflict() -> order.over();
      case WriteAnswer.Gone() -> order.over();
      case WriteAnswer.Refused(int status, String why) ->
          notNoted(order, "HTTP " + status + " " + why);
      case WriteAnswer.Unclear(String why) -> notNoted(order, why);
    }
  }

  private static Optional<OutsideAck> stands(Order order, NodeFacts node) {
    return OutsideAcks.on(node, order.send().sofar().episode())
        .flatMap(acks -> acks.of(order.send().eventId()));
  }

  private static void notNoted(Order order, String why) {
    LOG.warn(
        "{}: that {} is about to be acknowledged in place of its watcher was not written: {};"
            + " nothing was sent",
        order.send().node().name(),
        order.send().eventId(),
        why);
    order.over();
  }

  private void send(Order order, ResourceId vm, OutsideAck sending, NodeFacts noted) {
    Leaving leaving = new Leaving(order);
    if (!leaving.getAsBoolean()) {
      neverLeft(order, sending, noted);
      return;
    }
    LOG.info(
        "{}: its watcher is gone and it is drained: {} is acknowledged through Resource Manager",
        noted.name(),
        sending.eventId());
    AzureAnswer<String> answer = ask(vm, sending.eventId(), leaving);
    if (!leaving.wasWanted) {
      neverLeft(order, sending, noted); // nor did one before it count: Azure wanted it later
      return;
    }
    AckResult result = AckResult.of(answer);
    counted.accept(result);
    answer.problem().ifPresent(trouble -> LOG.warn("{}: {}", noted.name(), trouble.sentence()));
    Optional<Instant> again =
        answer.problem().flatMap(Trouble::retryAfter).map(wait -> clock.instant().plus(wait));
    write(order, sending.answered(AckResult.status(answer), again), noted, 1);
  }

  /** Asked by the pipeline before each time it sends; remembers what it was told last. */
  private static final class Leaving implements BooleanSupplier {
    private final Order order;
    private volatile boolean wasWanted = true;

    private Leaving(Order order) {
      this.order = order;
    }

    @Override
    public boolean getAsBoolean() {
      wasWanted = order.mayLeave();
      return wasWanted;
    }
  }

  private void neverLeft(Order order, OutsideAck sending, NodeFacts noted) {
    LOG.info(
        "{}: {} is not acknowledged in place of its watcher: it is not wanted any more",
        noted.name(),
        sending.eventId());
    write(order, sending.answered(OutsideAck.NEVER_LEFT, Optional.empty()), noted, 1);
  }

  private AzureAnswer<String> ask(ResourceId vm, String eventId, BooleanSupplier still) {
    try {
      return azure.acknowledge(vm, eventId, still);
    } catch (RuntimeException e) {
      LOG.error("an acknowledgement through Azure failed in itself", e);
      return new AzureAnswer.NotTold<>(AckResult.broken(vm, e.getClass().getSimpleName()));
    }
  }

  private void write(Order order, OutsideAck answered, NodeFacts node, int tries) {
    NodeFacts base = node;
    for (int conflicts = 0; conflicts < MOST_CONFLICTS && order.leads(); conflicts++) {
      Optional<OutsideAcks> stands = OutsideAcks.on(base, order.send().sofar().episode());
      if (stands(order, base).isEmpty()) {
        order.over(); // the episode is over, and with it what was written
        return;
      }
      switch (cluster.patchNode(
          base.name(), RecordPatches.acknowledging(base, stands.orElseThrow().with(answered)))) {
        case WriteAnswer.Done done -> {
          order.over();
          return;
        }
        case WriteAnswer.Gone() -> {
          order.over();
          return;
        }
        case WriteAnswer.Conflict() -> {}
        case WriteAnswer.Refused refused -> conflicts = MOST_CONFLICTS; // later
        case WriteAnswer.Unclear unclear -> conflicts = MOST_CONFLICTS;
      }
      if (cluster.readNode(base.name()) instanceof NodeReading.Found(NodeFacts now)) {
        base = now;
      }
    }
    if (order.leads() && tries < MOST_TRIES) {
      NodeFacts newest = base;
      desk.at(clock.instant().plus(BETWEEN_TRIES), () -> write(order, answered, newest, tries + 1));
    } else {
      order.over(); // it stands there as one that may have left
    }
  }
}

package io.drainwatch.drainer.fleet;

import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.cluster.WriteAnswer;
import io.drainwatch.drainer.model.ModelApi;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.OutsideAck;
import io.drainwatch.drainer.nodes.OutsideAcks;
import io.drainwatch.drainer.nodes.RecordPatches;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Resource Manager under virtual time: a note on the Node, a POST, its answer a second later. */
public final class PlayedStandIn implements StandIn {
  public final List<String> posted = new ArrayList<>();

  /** What the next requests are answered with. */
  public int status = 200;

  /** The process dies once so many of note, POST and answer are done. */
  public int deeds = Integer.MAX_VALUE;

  /** Its call does not come back. */
  public boolean hangs;

  public Duration beforeTheNote = Duration.ZERO;
  public Duration betweenNoteAndPost = Duration.ZERO;
  public boolean isOrdered;

  /** Told the id of each event when its request leaves. */
  public Consumer<String> seen = id -> {};

  /** What happens between note and POST. */
  public Runnable noted = () -> {};

  private final ModelApi api;

  public PlayedStandIn(ModelApi api) {
    this.api = api;
  }

  @Override
  public void acknowledge(Order order) {
    isOrdered = true;
    api.cluster().in(beforeTheNote, () -> carryOut(order));
  }

  private void carryOut(Order order) {
    NodeFacts node = order.send().node();
    OutsideAck sending =
        OutsideAck.sending(
                order.send().eventId(), api.cluster().now(), order.send().tries(), order.holder())
            .after(order.send().sofar().of(order.send().eventId()));
    boolean isNoted =
        order.mayLeave()
            && deeds > 0
            && api.patchNode(
                    node.name(),
                    RecordPatches.acknowledging(node, order.send().sofar().with(sending)))
                instanceof WriteAnswer.Done;
    if (!isNoted) {
      order.over(); // somebody wrote since
      return;
    }
    deeds--;
    noted.run();
    api.cluster().in(betweenNoteAndPost, () -> send(order, sending, node.name()));
  }

  private void send(Order order, OutsideAck sending, String node) {
    if (!lives()) {
      order.over();
      return;
    }
    if (!order.mayLeave()) {
      write(order, sending.answered(OutsideAck.NEVER_LEFT, Optional.empty()), node);
      order.over();
      return;
    }
    seen.accept(sending.eventId());
    posted.add(order.holder() + " " + sending.eventId());
    if (!hangs) {
      api.cluster().in(Duration.ofSeconds(1), () -> answered(order, sending, node));
    }
  }

  private void answered(Order order, OutsideAck sending, String node) {
    if (lives()) {
      write(order, sending.answered(status, Optional.empty()), node);
    }
    order.over();
  }

  private void write(Order order, OutsideAck answered, String node) {
    if (order.leads() && api.readNode(node) instanceof NodeReading.Found(NodeFacts now)) {
      OutsideAcks stands = OutsideAcks.on(now, order.send().sofar().episode()).orElseThrow();
      api.patchNode(node, RecordPatches.acknowledging(now, stands.with(answered)));
    }
  }

  private boolean lives() {
    return deeds-- > 0;
  }
}

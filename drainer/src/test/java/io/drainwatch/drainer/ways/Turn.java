package io.drainwatch.drainer.ways;

import io.drainwatch.drainer.cluster.AttachmentListing;
import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.cluster.PodListing;
import io.drainwatch.drainer.cluster.PodsSeen;
import io.drainwatch.drainer.nodework.NodeObservation;
import io.drainwatch.drainer.pods.PodView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A world while one step is made; lives for that step. */
final class Turn {
  final Map<String, Side> sides;
  final List<Ask.UnderWay> queue;
  final List<String> broken = new ArrayList<>();
  Instant now;
  SmallServer server;
  Oracle oracle;
  private String acting = "";

  Turn(
      Map<String, Side> sides,
      List<Ask.UnderWay> queue,
      Instant now,
      SmallServer server,
      Oracle oracle) {
    this.sides = new TreeMap<>(sides);
    this.queue = new ArrayList<>(queue);
    this.now = now;
    this.server = server;
    this.oracle = oracle;
  }

  /** Of the process whose turn it is. */
  void ask(Ask ask) {
    queue.add(new Ask.UnderWay(acting, ask));
  }

  /**
   * @param mayEvict as far as it was told, for an event that stands (I7)
   * @param hearsLate of the Node
   */
  void ask(Ask.Send send, boolean mayEvict, boolean hearsLate) {
    boolean hasNotHeard = hearsLate || queue.contains(new Ask.UnderWay(acting, new Ask.NodeNews()));
    if (!server.node().unschedulable() && !hasNotHeard) {
      broken.add("I2 asks for a pod of a Node that is not cordoned: " + send);
    }
    if (!mayEvict) {
      broken.add("I7 asks for a pod for an event that is gone: " + send);
    }
    ask((Ask) send);
  }

  void posts(String id) {
    oracle.brokenByPosting(id).ifPresent(broken::add);
    oracle = oracle.withPosted(id);
  }

  /** Whoever watches is told; once, however many changes there are. */
  void changed(SmallServer after) {
    boolean isAnotherNode = !after.node().equals(server.node());
    boolean areOtherPods = !after.pods().equals(server.pods());
    server = after;
    sides.forEach(
        (name, side) -> {
          if (isAnotherNode) {
            tell(name, new Ask.NodeNews());
          }
          if (areOtherPods && side.watchesPods()) {
            tell(name, new Ask.PodNews());
          }
        });
  }

  void tell(String process, Ask news) {
    Ask.UnderWay underWay = new Ask.UnderWay(process, news);
    if (!queue.contains(underWay)) {
      queue.add(underWay);
    }
  }

  /** Nothing more reaches it, and nothing of it anybody. */
  void forget(String process) {
    queue.removeIf(each -> each.process().equals(process));
  }

  /** It leads no more. */
  void ends(String process) {
    forget(process);
    sides.remove(process);
  }

  void forgetPodNews() {
    queue.remove(new Ask.UnderWay(acting, new Ask.PodNews()));
  }

  void let(String process, UnaryOperator<Side> what) {
    acting = process;
    sides.computeIfPresent(process, (name, side) -> what.apply(side));
  }

  /** The server does what was asked, and the process hears of it if it lives. */
  void handle(Ask.UnderWay underWay) {
    Reply reply = done(underWay.ask());
    let(underWay.process(), side -> side.hears(this, reply));
  }

  Reply done(Ask ask) {
    return switch (ask) {
      case Ask.ReadNode() -> new Reply.Node(new NodeReading.Found(server.node()), true);
      case Ask.NodeNews() -> new Reply.Node(new NodeReading.Found(server.node()), false);
      case Ask.Patch(var patch) -> {
        var done = server.patch(patch);
        broken.addAll(oracle.brokenBy(server, done.server()));
        changed(done.server());
        oracle = oracle.after(server);
        yield new Reply.Written(done.answer());
      }
      case Ask.Conditions(var patch) -> {
        var done = server.patch(patch);
        changed(done.server());
        yield new Reply.Written(done.answer());
      }
      case Ask.ListPods() -> {
        oracle = oracle.withList(server.pods().isEmpty());
        yield new Reply.Listed(new PodListing.Complete(server.podFacts(), now, now, now));
      }
      case Ask.PodNews() ->
          new Reply.Pods(
              new PodsSeen(new PodView(server.podFacts(), Optional.of(now)), Duration.ZERO, 0));
      case Ask.ListAttachments() ->
          new Reply.Attached(new AttachmentListing.Complete(List.of(), now));
      case Ask.TryEvictions(var pods) ->
          new Reply.Tried(
              pods.stream().map(pod -> new NodeObservation.Trial(pod, server.tried(pod))).toList());
      case Ask.Send(var request) -> {
        var done = server.send(request, now);
        changed(done.server());
        yield new Reply.Answered(request, done.answer());
      }
    };
  }
}

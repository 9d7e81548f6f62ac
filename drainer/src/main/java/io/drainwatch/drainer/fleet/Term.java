package io.drainwatch.drainer.fleet;

import io.drainwatch.drainer.budget.Budget;
import io.drainwatch.drainer.budget.Claim;
import io.drainwatch.drainer.cluster.Cluster;
import io.drainwatch.drainer.coexistence.Conduct;
import io.drainwatch.drainer.coexistence.OtherTool;
import io.drainwatch.drainer.coexistence.OtherTools;
import io.drainwatch.drainer.desk.Desk;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.nodes.HeldBy;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeRecord;
import io.drainwatch.drainer.nodework.NodeFigures;
import io.drainwatch.drainer.relay.GraphWord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One leadership, from gain to loss: a card of each Node, a fold of each that is not quiet, the
 * claims on the budgets. Everything that folds share is in here, under one lock that is never held
 * while something is folded.
 */
final class Term implements Cluster.NodeListener {
  private static final Logger LOG = LoggerFactory.getLogger(Term.class);

  /** What the fleet is made of; the same for each leadership. */
  record Parts(
      FleetSettings settings,
      NodeHands.Maker hands,
      Desk desk,
      InstantSource clock,
      FleetListener listener,
      HandOver handOver,
      Beside beside) {}

  private final Parts parts;
  private final BudgetBoard board;
  private final Map<String, NodeCard> cards = new ConcurrentHashMap<>(); // see sight()
  private final Map<String, Set<String>> nodesByVm = new HashMap<>();
  private final Map<String, NodeFold> folds = new ConcurrentHashMap<>();
  private final Map<String, GraphWord> words = new HashMap<>();
  private final Set<OtherTool> warned = EnumSet.noneOf(OtherTool.class);
  private volatile boolean on = true;

  Term(Parts parts) {
    this.parts = parts;
    Instant opensAt = parts.clock().instant().plus(parts.settings().firstLook());
    board = new BudgetBoard(new Budget(parts.settings().budget()), opensAt);
  }

  FleetSettings settings() {
    return parts.settings();
  }

  NodeHands.Maker hands() {
    return parts.hands();
  }

  Desk desk() {
    return parts.desk();
  }

  FleetListener listener() {
    return parts.listener();
  }

  Beside beside() {
    return parts.beside();
  }

  HandOver handOver() {
    return parts.handOver();
  }

  Instant now() {
    return parts.clock().instant();
  }

  /** False from the moment the leadership is lost. */
  boolean isOn() {
    return on;
  }

  @Override
  public void is(NodeFacts node) {
    List<NodeFold> concerned = new ArrayList<>();
    synchronized (this) {
      if (!on) {
        return;
      }
      Optional<NodeCard> before = card(node.name());
      if (before.filter(card -> !card.uid().equals(node.uid())).isPresent()) {
        concerned.addAll(forget(node.name())); // recreated under the same name
        before = Optional.empty();
      }
      NodeCard card = NodeCard.of(node, before, settings().drainSafe());
      note(node.name(), card, before);
      warnOnce(node);
      if (!folds.containsKey(node.name()) && card.needsFold()) {
        fold(node.name(), node.uid());
      }
      Optional.ofNullable(folds.get(node.name())).ifPresent(fold -> fold.seen(node));
      if (!drained(card).equals(before.map(Term::drained).orElse(Set.of()))) {
        folds.values().stream().filter(NodeFold::sharesEvents).forEach(concerned::add);
      }
    }
    concerned.forEach(NodeFold::review);
  }

  /** What is known of the Node from outside; see {@link Companion.Hearing}. */
  synchronized void told(NodeFacts node, GraphWord word) {
    Optional<NodeCard> card = card(node.name()).filter(it -> it.uid().equals(node.uid()));
    if (!on || card.isEmpty()) {
      return;
    }
    words.put(node.name(), word);
    NodeFold fold = folds.get(node.name());
    if (fold != null) {
      fold.told(word);
    } else if (word.begins() && card.get().isStillToldBy(node)) {
      fold(node.name(), node.uid()).seen(node);
    }
  }

  private NodeFold fold(String name, String uid) {
    NodeFold fold = new NodeFold(name, uid, this);
    folds.put(name, fold);
    Optional.ofNullable(words.get(name)).ifPresent(fold::told);
    return fold;
  }

  @Override
  public void isGone(String name) {
    List<NodeFold> concerned;
    synchronized (this) {
      concerned = on ? forget(name) : List.of();
    }
    concerned.forEach(NodeFold::review);
  }

  /** The fold ends its episode by itself; its place is free at once. */
  private List<NodeFold> forget(String name) {
    Optional.ofNullable(folds.remove(name)).ifPresent(NodeFold::gone);
    words.remove(name);
    NodeCard card = cards.remove(name);
    if (card == null) {
      return List.of();
    }
    board.left(card.pool());
    card.vmName().ifPresent(vm -> nodesOf(vm).remove(name));
    return board.put(card.uid(), Optional.empty()) ? whoMayBegin(card.uid()) : List.of();
  }

  private void note(String name, NodeCard card, Optional<NodeCard> before) {
    cards.put(name, card);
    if (!before.map(NodeCard::pool).equals(Optional.of(card.pool()))) {
      before.ifPresent(old -> board.left(old.pool()));
      board.joined(card.pool());
    }
    if (!before.flatMap(NodeCard::vmName).equals(card.vmName())) {
      before.flatMap(NodeCard::vmName).ifPresent(vm -> nodesOf(vm).remove(name));
      card.vmName().ifPresent(vm -> nodesOf(vm).add(name));
    }
    if (!folds.containsKey(name)) {
      board.put(card.uid(), claimOfRecord(name)); // counted before anybody is let begin
    }
  }

  private Set<String> nodesOf(String vmName) {
    return nodesByVm.computeIfAbsent(vmName.toLowerCase(Locale.ROOT), vm -> new HashSet<>(2));
  }

  private void warnOnce(NodeFacts node) {
    for (OtherTool tool : OtherTools.on(node, settings().weWriteDrainSafe()).active()) {
      if (tool.conduct() == Conduct.WARN && warned.add(tool)) {
        LOG.warn(
            "{} has left its signs on Node {}: two tools act on the same events; never let both"
                + " acknowledge",
            tool.word(),
            LogText.of(node.name()));
      }
    }
  }

  private Optional<NodeCard> card(String name) {
    return Optional.ofNullable(cards.get(name));
  }

  // Only as long as it lasts: a Node that was uncordoned, restarted or is on its way back may have
  // pods again.
  private static Set<String> drained(NodeCard card) {
    return card.record()
        .filter(record -> record.progress().state() == MaintenanceState.DRAINED)
        .filter(record -> record.progress().held() == HeldBy.NOTHING)
        .filter(record -> record.prior().isPresent())
        .map(record -> Set.copyOf(record.drain().drained()))
        .orElse(Set.of());
  }

  /** Empty: there is no such Node (any more). */
  synchronized Optional<String> poolOf(String name) {
    return card(name).map(NodeCard::pool);
  }

  /** See {@link io.drainwatch.drainer.relay.SharedEvents.Records}. */
  synchronized Optional<Set<String>> drainedOn(String vmName) {
    return drainedOn(vmName, NodeFold::hasSeenItEmpty);
  }

  /** The same, where the Node is seen empty at this very moment. Any thread may ask. */
  synchronized Optional<Set<String>> emptyAndDrainedOn(String vmName) {
    return drainedOn(vmName, NodeFold::seesItEmpty);
  }

  private Optional<Set<String>> drainedOn(String vmName, Predicate<NodeFold> isEmpty) {
    Set<String> nodes = nodesByVm.getOrDefault(vmName.toLowerCase(Locale.ROOT), Set.of());
    if (nodes.isEmpty()) {
      return Optional.empty();
    }
    // two Nodes that claim to be the same VM: nothing is known for sure
    return Optional.of(
        nodes.size() > 1
            ? Set.of()
            : Optional.of(nodes.iterator().next())
                // what an earlier leader called drained may have pods again
                .filter(name -> Optional.ofNullable(folds.get(name)).filter(isEmpty).isPresent())
                .flatMap(this::card)
                .map(Term::drained)
                .orElse(Set.of()));
  }

  synchronized Optional<Claim> claimOfRecord(String name) {
    return card(name)
        .flatMap(
            card ->
                card.record()
                    .filter(Turn::takesPlace)
                    .map((NodeRecord record) -> Turn.of(card.uid(), card.pool(), record)));
  }

  /**
   * The fold's claim as it waits, and whether it may begin. One that took over from another on its
   * Node waits for no place: the Node has one, unless a person uncordoned it.
   */
  synchronized boolean mayBegin(NodeFold fold, Claim claim) {
    if (folds.get(fold.name()) != fold) {
      return false;
    }
    boolean isCordoned = card(fold.name()).filter(card -> card.looks().cordoned()).isPresent();
    if (isCordoned && claimOfRecord(fold.name()).isPresent()) {
      board.put(claim.node(), Optional.of(claim.begun()));
      return true;
    }
    board.put(claim.node(), Optional.of(claim));
    boolean mayBegin = board.mayBegin(claim, now());
    if (mayBegin) {
      board.put(claim.node(), Optional.of(claim.begun())); // before anybody else asks
    }
    return mayBegin;
  }

  /** The fold's claim otherwise; others may begin if it gave up its place. */
  void claim(NodeFold fold, Optional<Claim> claim) {
    List<NodeFold> next;
    synchronized (this) {
      boolean changed = folds.get(fold.name()) == fold && board.put(fold.uid(), claim);
      next = changed ? whoMayBegin(fold.uid()) : List.of();
    }
    next.forEach(NodeFold::review);
  }

  private List<NodeFold> whoMayBegin(String butNot) {
    Set<String> uids = board.whoMayBegin(now());
    return uids.isEmpty()
        ? List.of()
        : folds.values().stream()
            .filter(fold -> uids.contains(fold.uid()) && !fold.uid().equals(butNot))
            .toList();
  }

  synchronized Optional<Instant> wakeAt(Claim claim) {
    return board.wakeAt(claim, now());
  }

  /** Whether the Node is quiet again: then the fold is no more. */
  boolean retire(NodeFold fold) {
    synchronized (this) {
      boolean isQuiet =
          folds.get(fold.name()) == fold
              && card(fold.name()).filter(card -> !card.needsFold()).isPresent()
              && fold.hasNoLetters();
      if (!isQuiet) {
        return false;
      }
      folds.remove(fold.name());
    }
    fold.close();
    return true;
  }

  synchronized int openFolds() {
    return folds.size();
  }

  /** Of all Nodes together. */
  NodeFigures figures() {
    List<NodeFold> open;
    synchronized (this) {
      open = List.copyOf(folds.values());
    }
    Instant now = now();
    return open.stream().map(fold -> fold.figures(now)).reduce(NodeFigures.NONE, NodeFigures::and);
  }

  /**
   * Not under the lock, and never to be: who looks at the fleet must not hold it up. Cards and
   * states of work are values.
   */
  FleetSight sight() {
    List<NodeSight> nodes = new ArrayList<>(cards.size());
    cards.forEach(
        (name, card) ->
            nodes.add(
                NodeSight.of(
                    name,
                    card,
                    Optional.ofNullable(folds.get(name)).map(NodeFold::work),
                    board.claimOf(card.uid()))));
    return new FleetSight(true, nodes, settings().budget(), settings().lifecycle());
  }

  /** See {@link Fleet#clockStepped}. */
  void clockStepped(Duration by) {
    List<NodeFold> open;
    synchronized (this) {
      board.clockStepped(by);
      open = List.copyOf(folds.values());
    }
    open.forEach(fold -> fold.clockStepped(by));
  }

  /** Nothing starts any more. */
  void end() {
    on = false;
    List<NodeFold> open;
    synchronized (this) {
      open = List.copyOf(folds.values());
      folds.clear();
    }
    open.forEach(NodeFold::close);
  }
}

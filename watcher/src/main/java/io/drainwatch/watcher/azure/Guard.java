package io.drainwatch.watcher.azure;

import io.drainwatch.drainer.cluster.Cluster;
import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.cluster.WriteAnswer;
import io.drainwatch.drainer.desk.Desk;
import io.drainwatch.drainer.desk.Mailbox;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.nodes.RecordPatches;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The protection of one Node's instance; in letters of one mailbox, so never two at once. */
final class Guard {
  private static final Logger LOG = LoggerFactory.getLogger(Guard.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

  /** An operation that goes on for longer is asked for anew. */
  private static final Duration LONGEST_OPERATION = Duration.ofMinutes(5);

  /** Of a Node that is gone nobody knows more after that; the mark went with it. */
  private static final int MOST_TRIES_WITHOUT_NODE = 10;

  private static final int MOST_CONFLICTS = 3;

  private final String name;
  private final AzureResources azure;
  private final Cluster cluster;
  private final Desk desk;
  private final InstantSource clock;
  private final Mailbox mailbox;
  private final boolean protects;
  private final Consumer<Guard> retire;
  private volatile boolean closed;

  // of the mailbox
  private Optional<NodeFacts> node = Optional.empty();

  /** Of Nodes that were marked and have been made anew since: the mark is not on the new one. */
  private final Set<ResourceId> owed = new LinkedHashSet<>();

  /**
   * For which episode this process wrote the mark, as long as nothing that it asked of Azure may
   * have been done: what is protected then is somebody else's.
   */
  private Optional<String> untouched = Optional.empty();

  private ProtectionRule.Known known = ProtectionRule.Known.NOTHING;
  private Optional<Following> following = Optional.empty();
  private Optional<Instant> alarm = Optional.empty();
  private boolean isGone;

  /**
   * @param former it is owed: of a Node that has been made anew since
   */
  private record Task(
      ProtectionRule.Step step, ResourceId instance, Optional<String> episode, boolean former) {}

  private record Following(Operation operation, Task task, Instant end) {}

  Guard(
      String name,
      AzureResources azure,
      Cluster cluster,
      Desk desk,
      InstantSource clock,
      boolean protects,
      Consumer<Guard> retire) {
    this.name = name;
    this.azure = azure;
    this.cluster = cluster;
    this.desk = desk;
    this.clock = clock;
    this.protects = protects;
    this.retire = retire;
    mailbox = new Mailbox(name, desk);
  }

  String name() {
    return name;
  }

  boolean hasNoLetters() {
    return mailbox.isEmpty();
  }

  void seen(NodeFacts facts) {
    post(
        () -> {
          isGone = false;
          take(facts);
        });
  }

  private void take(NodeFacts facts) {
    node.filter(before -> !before.uid().equals(facts.uid()))
        .filter(ProtectionRule::isMarked)
        .flatMap(ProtectionRule::instance)
        .ifPresent(owed::add);
    node = Optional.of(facts);
  }

  /** What was marked is still undone, as well as that goes without the Node. */
  void gone() {
    post(
        () -> {
          known = isGone ? known : known.countedAnew(); // from here on it is given up some time
          isGone = true;
        });
  }

  /** The clock was set. */
  void clockStepped(Duration by) {
    post(
        () -> {
          known = known.clockStepped(by);
          following =
              following.map(it -> new Following(it.operation(), it.task(), it.end().plus(by)));
          alarm = Optional.empty(); // it goes by the old time
        });
  }

  void close() {
    closed = true;
    mailbox.close();
  }

  private void post(Runnable what) {
    mailbox.post(
        () -> {
          if (!closed) {
            what.run();
            advance();
          }
        });
  }

  private void advance() {
    if (closed) {
      return;
    }
    if (following.isPresent()) {
      follow(following.get());
      return;
    }
    Instant now = clock.instant();
    Optional<Task> task = task();
    if (task.isEmpty()) {
      if (isGone || node.filter(it -> ProtectionRule.concerns(it, protects)).isEmpty()) {
        retire.accept(this);
      }
      return;
    }
    if (now.isBefore(known.notBefore())) {
      wakeAt(known.notBefore(), now);
      return;
    }
    carryOut(task.get());
  }

  private Optional<Task> task() {
    if (!owed.isEmpty()) {
      return isGone && known.failures() >= MOST_TRIES_WITHOUT_NODE
          ? Optional.empty()
          : Optional.of(
              new Task(
                  ProtectionRule.Step.UNPROTECT, owed.iterator().next(), Optional.empty(), true));
    }
    ProtectionRule.Step step = step();
    return step == ProtectionRule.Step.NOTHING
        ? Optional.empty()
        : node.flatMap(
            facts ->
                ProtectionRule.instance(facts)
                    .map(id -> new Task(step, id, ProtectionRule.drainedFor(facts), false)));
  }

  private ProtectionRule.Step step() {
    if (!isGone) {
      return node.map(facts -> ProtectionRule.next(facts, known, protects))
          .orElse(ProtectionRule.Step.NOTHING);
    }
    boolean isToUndo =
        node.filter(ProtectionRule::isMarked).flatMap(ProtectionRule::instance).isPresent()
            && known.failures() < MOST_TRIES_WITHOUT_NODE;
    return isToUndo ? ProtectionRule.Step.UNPROTECT : ProtectionRule.Step.NOTHING;
  }

  private void carryOut(Task task) {
    AzureAnswer<AzureVm> read = azure.vm(task.instance());
    if (closed) {
      return;
    }
    switch (read) {
      case AzureAnswer.NotTold<AzureVm> not -> {
        if (VmFate.of(not) == VmFate.GONE && task.step() == ProtectionRule.Step.UNPROTECT) {
          undone(task);
        } else {
          failed(not.trouble());
        }
      }
      case AzureAnswer.Told<AzureVm>(AzureVm vm) -> {
        switch (task.step()) {
          case LOOK_AND_MARK -> {
            if (vm.protectedFromScaleIn()) {
              leave(task);
              advance();
            } else {
              mark(node.orElseThrow(), task.episode());
            }
          }
          case PROTECT -> change(task, vm, true);
          case UNPROTECT -> change(task, vm, false);
          case NOTHING -> {}
        }
      }
    }
  }

  private void change(Task task, AzureVm vm, boolean on) {
    boolean isNotOurs =
        !task.former()
            && untouched.isPresent()
            && untouched.equals(node.flatMap(it -> it.annotation(NodeKeys.PROTECTED)));
    if (isNotOurs && !on) {
      undone(task); // there is nothing to undo
      return;
    }
    if (isNotOurs && vm.protectedFromScaleIn()) {
      leave(task);
      mark(node.orElseThrow(), Optional.empty());
      return;
    }
    if (vm.protectedFromScaleIn() == on) {
      if (on || vm.hasSucceeded()) {
        isDone(task);
      } else {
        // what a former leader sent may be under way still
        known = known.failed(clock.instant(), Optional.empty());
        advance();
      }
      return;
    }
    switch (azure.protectFromScaleIn(task.instance(), on, () -> !closed)) {
      case AzureAnswer.NotTold<Operation>(Trouble trouble) -> {
        untouched = untouched.filter(any -> trouble.surelyChangedNothing());
        failed(trouble);
      }
      case AzureAnswer.Told<Operation>(Operation operation) -> {
        untouched = Optional.empty();
        Following begun = new Following(operation, task, clock.instant().plus(LONGEST_OPERATION));
        following = Optional.of(begun);
        follow(begun);
      }
    }
  }

  private void leave(Task task) {
    known = known.leftTo(task.episode().orElseThrow());
    LOG.info("{}: somebody else protects it from scale-in: left alone", task.instance().words());
  }

  private void follow(Following what) {
    Instant now = clock.instant();
    switch (what.operation().look()) {
      case AzureAnswer.Told<Operation.Standing>(Operation.Standing standing) -> {
        if (standing == Operation.Standing.DONE) {
          following = Optional.empty();
          isDone(what.task());
        } else if (now.isBefore(what.end())) {
          wakeAt(now.plus(BETWEEN_LOOKS), now);
        } else {
          following = Optional.empty();
          known = known.failed(now, Optional.empty());
          advance();
        }
      }
      case AzureAnswer.NotTold<Operation.Standing>(Trouble trouble) -> {
        if (trouble.isOfFollowing() && now.isBefore(what.end())) {
          wakeAt(now.plus(BETWEEN_LOOKS), now); // it goes on in Azure
        } else {
          following = Optional.empty();
          failed(trouble);
        }
      }
    }
  }

  private void isDone(Task task) {
    if (task.step() == ProtectionRule.Step.UNPROTECT) {
      LOG.info("{}: the protection of its instance from scale-in is undone", name);
      undone(task);
    } else {
      LOG.info("{}: its instance is protected from scale-in while it is drained", name);
      known = known.protectedFor(task.episode().orElseThrow());
      advance();
    }
  }

  private void undone(Task task) {
    known = ProtectionRule.Known.NOTHING;
    if (task.former()) {
      owed.remove(task.instance());
      advance();
    } else if (isGone) {
      node = Optional.empty();
      advance();
    } else {
      mark(node.orElseThrow(), Optional.empty());
    }
  }

  private void mark(NodeFacts facts, Optional<String> episode) {
    mark(facts, episode, MOST_CONFLICTS);
  }

  // conditional on the look at the Node that it was decided by
  private void mark(NodeFacts facts, Optional<String> episode, int tries) {
    if (closed) {
      return;
    }
    switch (cluster.patchNode(name, RecordPatches.protection(facts, episode))) {
      case WriteAnswer.Done(NodeFacts now) -> {
        if (!closed) {
          node = Optional.of(now);
          untouched = episode;
          if (ProtectionRule.isMarked(now) == episode.isPresent()) {
            advance();
          } else {
            later("the server took it, and it does not stand there");
          }
        }
      }
      case WriteAnswer.Gone() -> {
        isGone = true;
        node = Optional.empty();
        advance();
      }
      case WriteAnswer.Conflict() -> conflicted(episode, tries - 1);
      case WriteAnswer.Refused(int status, String why) -> later("HTTP " + status + " " + why);
      case WriteAnswer.Unclear(String why) -> later(why);
    }
  }

  // somebody wrote first, as the drain itself often does
  private void conflicted(Optional<String> episode, int tries) {
    switch (cluster.readNode(name)) {
      case NodeReading.Found(NodeFacts now) -> {
        take(now);
        boolean isStillRight =
            (!protects || ProtectionRule.drainedFor(now).equals(episode))
                && ProtectionRule.isMarked(now) != episode.isPresent();
        if (!isStillRight) {
          advance();
        } else if (tries > 0) {
          mark(now, episode, tries);
        } else {
          later("others write all the time");
        }
      }
      case NodeReading.Gone() -> {
        isGone = true;
        node = Optional.empty();
        advance();
      }
      case NodeReading.Unknown(String why) -> later(why);
    }
  }

  private void later(String why) {
    LOG.warn("{}: its mark for the protection from scale-in was not written: {}", name, why);
    Instant now = clock.instant();
    known = known.failed(now, Optional.empty());
    wakeAt(known.notBefore(), now); // by then the watch has told how the Node stands
  }

  private void failed(Trouble trouble) {
    if (known.failures() == 0) {
      LOG.warn("{}: {} It is tried again.", name, trouble.sentence());
    }
    Instant now = clock.instant();
    known = known.failed(now, trouble.retryAfter());
    advance();
  }

  private void wakeAt(Instant at, Instant now) {
    if (alarm.filter(set -> set.isAfter(now) && !set.isAfter(at)).isEmpty()) {
      alarm = Optional.of(at);
      desk.at(at, () -> post(() -> alarm = alarm.filter(set -> !set.equals(at))));
    }
  }
}

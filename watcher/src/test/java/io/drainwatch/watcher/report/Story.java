package io.drainwatch.watcher.report;

import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Contract;
import io.drainwatch.drainer.maintenance.Document;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Events;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.Invariants;
import io.drainwatch.drainer.maintenance.Lifecycle;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.PlannedScript;
import io.drainwatch.drainer.maintenance.ScriptOutcome;
import io.drainwatch.drainer.maintenance.Transition;
import io.drainwatch.drainer.maintenance.VirtualVm;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.watcher.daemon.Witness;
import io.drainwatch.watcher.events.AcknowledgeAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;

/**
 * A maintenance told to witnesses: the real core under virtual time, a shell that does everything
 * at once, on the VM {@code vm1}. What is to be seen is said by documents and commands.
 */
public final class Story {
  public static final Machine VM1 = new Machine("vm1", Optional.of("id-1"), "boot-1", true);

  private final List<Witness> witnesses;
  private final Lifecycle lifecycle = new Lifecycle(LifecycleSettings.defaults());
  private final Map<Hook, List<PlannedScript>> scripts = new EnumMap<>(Hook.class);
  private final Map<Hook, ScriptOutcome> outcomes = new EnumMap<>(Hook.class);
  private final Queue<Observation> inbox = new ArrayDeque<>();
  private Watch watch;
  private Instant now = VirtualVm.START;

  public Optional<String> diskFault = Optional.empty();
  public List<Invariants.Violation> violations = List.of();
  public AcknowledgeAnswer acknowledgement = new AcknowledgeAnswer.Accepted();

  public Story(Witness... witnesses) {
    this(Watch.idle(), witnesses);
  }

  /** Of a daemon whose journal tells of it. */
  public Story(Watch journaled, Witness... witnesses) {
    watch = journaled;
    this.witnesses = List.of(witnesses);
  }

  /** A script that ends so after a second, each time it is called. */
  public Story script(Hook hook, String name, ScriptOutcome outcome) {
    outcomes.put(hook, outcome);
    return planned(hook, PlannedScript.runs(name));
  }

  /** A script that must not run. */
  public Story refused(Hook hook, String name) {
    return planned(hook, new PlannedScript(name, Contract.NATIVE, Optional.of("refused: owner")));
  }

  private Story planned(Hook hook, PlannedScript script) {
    scripts.computeIfAbsent(hook, any -> new ArrayList<>()).add(script);
    return this;
  }

  public Story begin() {
    return observe(new Observation.DaemonStarted(VM1));
  }

  public Story document(Events... events) {
    return observe(
        new Observation.DocumentRead(
            new Document(
                OptionalLong.of(7), Arrays.stream(events).map(Events::event).toList(), now)));
  }

  public Story after(String duration) {
    now = now.plus(Duration.parse("PT" + duration));
    return this;
  }

  public Story observe(Observation first) {
    inbox.add(first);
    for (Observation next = inbox.poll(); next != null; next = inbox.poll()) {
      step(next);
    }
    return this;
  }

  private void step(Observation observation) {
    Watch before = watch;
    Transition transition = lifecycle.next(before, observation, now);
    watch = transition.watch();
    transition.actions().forEach(this::carryOut);
    Witness.Step step =
        new Witness.Step(before, observation, transition, now, diskFault, violations);
    witnesses.forEach(witness -> witness.stepped(step));
    if (!watch.recorded() && diskFault.isEmpty()) {
      inbox.add(new Observation.Recorded());
    }
  }

  private void carryOut(Action action) {
    switch (action) {
      case Action.ListHook(Hook hook) ->
          inbox.add(
              new Observation.HookListed(hook, List.of(scripts.getOrDefault(hook, List.of()))));
      case Action.RunScript run -> call(run);
      case Action.Cordon() -> inbox.add(new Observation.CordonDone(true));
      case Action.StartEvictions ignored -> inbox.add(new Observation.EvictionsEnded(List.of()));
      case Action.Uncordon ignored -> inbox.add(new Observation.UncordonDone());
      case Action.Acknowledge(String id, int attempt) -> {
        witnesses.forEach(each -> each.acknowledged(id, attempt, acknowledgement));
        inbox.add(
            new Observation.AcknowledgeAnswered(
                id,
                acknowledgement instanceof AcknowledgeAnswer.Accepted
                    ? Observation.AcknowledgeAnswered.Answer.ACCEPTED
                    : Observation.AcknowledgeAnswered.Answer.UNCLEAR,
                Optional.empty()));
      }
      default -> {}
    }
  }

  private void call(Action.RunScript run) {
    ScriptOutcome outcome = outcomes.getOrDefault(run.hook(), new ScriptOutcome.Exited(0));
    String episode = watch.episode().map(Episode::id).orElseThrow();
    witnesses.forEach(each -> each.scriptStarted(episode, run.hook(), run.script(), run.attempt()));
    Witness.ScriptCalled call =
        new Witness.ScriptCalled(
            episode, run.hook(), run.script(), run.attempt(), outcome, Duration.ofSeconds(1));
    witnesses.forEach(each -> each.scriptEnded(call));
    inbox.add(new Observation.ScriptEnded(run.hook(), run.script(), run.attempt(), outcome));
  }

  public Watch watch() {
    return watch;
  }

  public Instant now() {
    return now;
  }
}

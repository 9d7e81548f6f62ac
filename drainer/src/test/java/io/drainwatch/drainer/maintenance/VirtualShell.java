package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Does what the core of a virtual VM says, and reports what came of it a moment later. */
final class VirtualShell {
  private final VirtualVm vm;
  private final VirtualScripts scripts;
  private int evictionRun;

  VirtualShell(VirtualVm vm, VirtualScripts scripts) {
    this.vm = vm;
    this.scripts = scripts;
  }

  void perform(Action action) {
    switch (action) {
      case Action.Enter(MaintenanceState state) -> vm.log(state.word());
      case Action.ListHook(Hook hook) ->
          vm.soon(() -> new Observation.HookListed(hook, scripts.rows(hook)));
      case Action.RunScript run -> call(run);
      case Action.WouldRun(Hook hook, String script) ->
          vm.log("would run " + hook.word() + "/" + script);
      case Action.EndScript end -> end(end);
      case Action.RefreshContext() -> {}
      case Action.Cordon() -> {
        vm.log("cordon");
        vm.node.cordon();
        vm.soon(this::cordoned);
      }
      case Action.StartEvictions start -> evict(start);
      case Action.StopEvictions() -> {
        vm.log("stop evictions");
        evictionRun++;
      }
      case Action.Uncordon(boolean ours) -> {
        vm.log("uncordon" + (ours ? "" : " nothing"));
        if (!vm.node.uncordon(ours)) {
          vm.violations.add(new Invariants.Violation("I3", "undoes the cordon of others"));
        }
        vm.soon(Observation.UncordonDone::new);
      }
      case Action.Acknowledge(String eventId, int attempt) -> post(eventId, attempt);
      case Action.Notify(Reason reason, String detail) -> vm.log("! " + reason + " " + detail);
      case Action.SetAside(Episode foreign) -> vm.log("set aside " + foreign.id());
      case Action.Summarize(Summary summary) -> vm.log("summary " + summary.ending());
    }
  }

  // As on a real Node the answer says what stands there by then: one that was made anew in between
  // is cordoned too, a cordon that somebody made meanwhile is theirs (histories 17220 and 3205).
  private Observation cordoned() {
    boolean isWanted =
        vm.episode()
            .filter(each -> each.cordon() == Episode.Step.BEGUN && each.held().isEmpty())
            .isPresent();
    return new Observation.CordonDone(
        isWanted && !vm.node.isCordoned() ? vm.node.cordon() : vm.node.isCordonedByUs());
  }

  private void evict(Action.StartEvictions start) {
    if (vm.node.evictionsTake.isEmpty() || vm.node.evictionsTake.get().toMillis() > 1) {
      vm.log("evict until " + start.deadline().map(Object::toString).orElse("done"));
    }
    int run = ++evictionRun;
    int living = vm.generation();
    List<String> left = vm.node.left;
    vm.node.evictionsTake.ifPresent(
        takes ->
            vm.later(
                takes,
                () -> {
                  if (run == evictionRun && living == vm.generation()) {
                    vm.observe(new Observation.EvictionsEnded(left));
                  }
                }));
  }

  private void post(String eventId, int attempt) {
    boolean onDisk =
        vm.durable().stream()
            .flatMap(episode -> episode.events().stream())
            .filter(each -> each.event().id().equals(eventId))
            .anyMatch(
                each ->
                    each.acknowledgement().inFlight()
                        && (each.drained()
                            || each.rule().acknowledge() == AcknowledgeWhen.IMMEDIATELY
                            || each.rule().acknowledge() == AcknowledgeWhen.EVEN_IF_FAILED));
    if (!onDisk) {
      vm.violations.add(new Invariants.Violation("I1", "POST of what is not on disk: " + eventId));
    }
    vm.log("acknowledge " + eventId + " #" + attempt);
    vm.posted.add(eventId);
    Observation answered = vm.acknowledgeAnswers.apply(eventId);
    vm.soon(() -> answered);
  }

  static Observation answerOfThePlatform(String eventId, boolean isUnclear) {
    return new Observation.AcknowledgeAnswered(
        eventId,
        isUnclear
            ? Observation.AcknowledgeAnswered.Answer.UNCLEAR
            : Observation.AcknowledgeAnswered.Answer.ACCEPTED,
        Optional.empty());
  }

  private void call(Action.RunScript run) {
    String name = run.hook().word() + "/" + run.script();
    vm.log(name + " #" + run.attempt() + (run.checkStatus() ? " check" : ""));
    VirtualVm.Behaviour behaviour = scripts.call(run.hook(), run.script(), run.attempt());
    int living = vm.generation();
    scripts.begun(
        name,
        run.attempt(),
        () ->
            vm.later(
                behaviour.ignoresTerm() ? Duration.ofSeconds(10) : Duration.ofMillis(50),
                () -> ended(living, name, run, new ScriptOutcome.Ended(true))));
    behaviour
        .takes()
        .ifPresent(takes -> vm.later(takes, () -> ended(living, name, run, behaviour.outcome())));
  }

  private void ended(int living, String name, Action.RunScript run, ScriptOutcome outcome) {
    if (living == vm.generation() && scripts.ended(name, run.attempt())) {
      vm.observe(new Observation.ScriptEnded(run.hook(), run.script(), run.attempt(), outcome));
    }
  }

  private void end(Action.EndScript end) {
    String name = end.hook().word() + "/" + end.script();
    vm.log("end " + name + " within " + end.grace().toSeconds() + " s");
    scripts.killer(name).ifPresent(Runnable::run);
  }
}

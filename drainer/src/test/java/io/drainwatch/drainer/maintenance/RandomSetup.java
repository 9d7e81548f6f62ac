package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** What an operator may have configured, and the scripts of a machine, from dice. */
final class RandomSetup {
  private static final List<String> TYPES =
      List.of("Freeze", "Reboot", "Redeploy", "Preempt", "Terminate", "HostUpdate");

  private RandomSetup() {}

  static LifecycleSettings settings(SplittableRandom dice) {
    int rules = Math.max(0, dice.nextInt(5) - 2);
    List<PolicyRule> policy = new java.util.ArrayList<>();
    for (int i = 0; i < rules; i++) {
      policy.add(rule("policy[" + i + "]", dice));
    }
    return new LifecycleSettings(
        new Policy(policy),
        dice.nextInt(3) == 0 ? SharedAcknowledgement.FIRST_RESOURCE : SharedAcknowledgement.NEVER,
        dice.nextInt(12) == 0 ? (dice.nextBoolean() ? DryRun.REPORT : DryRun.CALL) : DryRun.OFF,
        hooks(dice),
        // open in the first ten minutes of each hour
        (window, after) -> {
          long sinceHour = after.getEpochSecond() % 3_600;
          // to the second, as a calendar opens
          Instant nextHour = after.truncatedTo(ChronoUnit.SECONDS).plusSeconds(3_600 - sinceHour);
          return Optional.of(sinceHour < 600 ? after : nextHour);
        },
        LifecycleSettings.DEFAULT_EMPTY_RUN);
  }

  /**
   * In half of them the machine is busy: what the core asked for is answered late, now and then.
   */
  static VirtualVm vm(long seed, LifecycleSettings settings) {
    VirtualVm vm = new VirtualVm(seed % 2 == 0 ? settings : settings.withRecordOnNode());
    SplittableRandom lags = new SplittableRandom(~seed);
    if (Math.floorMod(seed, 4) < 2) {
      vm.lag =
          () ->
              lags.nextInt(4) == 0
                  ? Duration.ofMillis(1 + lags.nextInt(4_000))
                  : VirtualVm.A_MOMENT;
    }
    return vm;
  }

  private static PolicyRule rule(String name, SplittableRandom dice) {
    return new PolicyRule(
        name,
        dice.nextInt(4) == 0 ? List.of() : List.of(TYPES.get(dice.nextInt(TYPES.size()))),
        maybe(dice, EventSource.values()),
        Optional.empty(),
        Optional.empty(),
        dice.nextInt(3) == 0 ? maybe(dice, PolicyAction.values()) : Optional.of(PolicyAction.DRAIN),
        maybe(dice, AcknowledgeWhen.values()),
        dice.nextInt(3) == 0
            ? Optional.of(Duration.ofSeconds(dice.nextInt(300)))
            : Optional.empty(),
        dice.nextInt(4) == 0
            ? Optional.of(Duration.ofMinutes(1 + dice.nextInt(120)))
            : Optional.empty(),
        maybe(dice, AtDeadline.values()),
        dice.nextInt(5) == 0 ? Optional.of("nights") : Optional.empty(),
        dice.nextInt(4) == 0 ? Optional.of(true) : Optional.empty());
  }

  private static <T> Optional<T> maybe(SplittableRandom dice, T[] values) {
    return dice.nextInt(3) == 0
        ? Optional.of(values[dice.nextInt(values.length)])
        : Optional.empty();
  }

  private static HookSettings hooks(SplittableRandom dice) {
    Map<Hook, Duration> timeouts = new HashMap<>();
    Map<Hook, OnFailure> onFailure = new HashMap<>();
    for (Hook hook : Hook.values()) {
      if (dice.nextInt(8) == 0) {
        timeouts.put(hook, Duration.ofSeconds(10 + dice.nextInt(120)));
      }
      if (dice.nextInt(5) == 0) {
        OnFailure choice = OnFailure.values()[dice.nextInt(3)];
        if (choice.isAllowedFor(hook)) {
          onFailure.put(hook, choice);
        }
      }
    }
    return new HookSettings(timeouts, onFailure, Duration.ofSeconds(1 + dice.nextInt(9)));
  }

  /**
   * Scripts for some hooks: most do well, some fail, ask to be called again, hang or are refused.
   */
  static void scripts(VirtualVm vm, SplittableRandom dice, Misbehaviour misbehaviour) {
    for (Hook hook : Hook.values()) {
      int count = Math.max(0, dice.nextInt(5) - 2);
      List<List<PlannedScript>> rows = new java.util.ArrayList<>();
      for (int i = 0; i < count; i++) {
        String name = "10-" + (char) ('a' + i);
        long own = dice.nextLong();
        boolean badAtAll = dice.nextInt(3) == 0;
        vm.script(
            hook,
            name,
            call ->
                badAtAll && misbehaviour.goesOn()
                    ? bad(new SplittableRandom(own + call))
                    : VirtualVm.exits(1 + Math.floorMod(own, 5) + "S", 0));
        Optional<String> refusal =
            badAtAll && dice.nextInt(6) == 0 ? Optional.of("writable by all") : Optional.empty();
        Contract contract =
            dice.nextInt(4) == 0
                ? Contract.values()[dice.nextInt(Contract.values().length)]
                : Contract.NATIVE;
        PlannedScript planned =
            new PlannedScript(dice.nextInt(40) == 0 ? "10-a" : name, contract, refusal);
        if (dice.nextInt(4) == 0 && !rows.isEmpty()) {
          rows.set(
              rows.size() - 1,
              java.util.stream.Stream.concat(
                      rows.getLast().stream(), java.util.stream.Stream.of(planned))
                  .toList());
        } else {
          rows.add(List.of(planned));
        }
      }
      vm.listing(hook, rows);
    }
  }

  /** Whether bad scripts still are bad. */
  interface Misbehaviour {
    boolean goesOn();
  }

  private static VirtualVm.Behaviour bad(SplittableRandom dice) {
    Optional<Duration> takes = Optional.of(Duration.ofMillis(100 + dice.nextInt(20_000)));
    return switch (dice.nextInt(9)) {
      case 0 -> new VirtualVm.Behaviour(takes, new ScriptOutcome.Exited(1), false);
      case 1, 2 ->
          new VirtualVm.Behaviour(
              takes, new ScriptOutcome.Exited(HookSequence.NOT_FINISHED), false);
      case 3 ->
          new VirtualVm.Behaviour(
              Optional.empty(), new ScriptOutcome.Exited(0), dice.nextBoolean());
      case 4 ->
          new VirtualVm.Behaviour(
              Optional.of(Duration.ZERO), new ScriptOutcome.NotStarted("refused"), false);
      case 5 ->
          new VirtualVm.Behaviour(
              takes, new ScriptOutcome.StaticDrain(Duration.ofSeconds(dice.nextInt(40))), false);
      case 6 ->
          new VirtualVm.Behaviour(
              takes,
              new ScriptOutcome.DynamicDrain(Duration.ofSeconds(1 + dice.nextInt(40))),
              false);
      case 7 -> new VirtualVm.Behaviour(takes, new ScriptOutcome.Unacceptable("hello"), false);
      default -> new VirtualVm.Behaviour(takes, new ScriptOutcome.Exited(0), false);
    };
  }
}

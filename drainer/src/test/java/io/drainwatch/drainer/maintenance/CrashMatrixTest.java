package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.promises.PromisedFigure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The crash matrix in process (L3): one maintenance of each kind, and the daemon dies at each
 * change of the record, before it is written, between the writing and the actions, after the
 * actions. Whatever comes back goes on to the same end as if nothing had happened.
 */
class CrashMatrixTest {

  /** One maintenance, told by the platform's side of it. */
  enum Story {
    FREEZE,
    REBOOT,
    REBOOT_OF_THE_VM,
    REDEPLOY,
    PREEMPT,
    TERMINATE,
    UNKNOWN,
    CANCELLED,
    FAILED_DRAIN,
    DEADLINE,
    HOST_FAILURE,
    OVERTAKEN
  }

  /** How the daemon comes back. */
  enum Comeback {
    AFTER_A_KILL,
    AFTER_A_STOP,
    AFTER_A_REBOOT
  }

  /** What is left to see when all is over. */
  record End(
      List<Summary.Ending> endings,
      List<DrainResult.Outcome> drains,
      List<String> posted,
      boolean cordoned,
      boolean over) {}

  private static final class Platform {
    private final VirtualVm vm;
    private final Story story;
    private final Map<String, Instant> startedAt = new java.util.HashMap<>();
    private boolean secondCame;

    Platform(VirtualVm vm, Story story) {
      this.vm = vm;
      this.story = story;
    }

    void eachSecond() {
      for (ScheduledEvent event : List.copyOf(vm.platform)) {
        boolean approved = vm.posted.contains(event.id());
        boolean due = event.notBefore().map(at -> !vm.now().isBefore(at)).orElse(false);
        if (event.isStarted()) {
          Instant since = startedAt.computeIfAbsent(event.id(), key -> vm.now());
          if (!vm.now().isBefore(since.plusSeconds(12))) {
            vm.platform.remove(event);
            second();
          }
        } else if (approved || due) {
          vm.platform.replaceAll(each -> each == event ? started(event) : each);
          if (story == Story.REBOOT_OF_THE_VM) {
            vm.after("2S", () -> vm.reboot("boot-2"));
          }
        }
      }
      vm.after("1S", this::eachSecond);
    }

    private void second() {
      if (story == Story.OVERTAKEN && !secondCame) {
        secondCame = true;
        vm.after(
            "4S",
            () ->
                vm.platform.add(
                    Events.redeploy("B").at(vm.now().plus(Duration.ofMinutes(10))).event()));
      }
    }

    private static ScheduledEvent started(ScheduledEvent event) {
      return Events.of(event.type(), event.id()).started().event();
    }
  }

  private static VirtualVm vm(Story story) {
    VirtualVm vm = new VirtualVm();
    vm.jsonAtEachAppend = false;
    vm.machine = new Machine("vm1", Optional.of("id-1"), "boot-1", story == Story.TERMINATE);
    for (Hook hook : Hook.values()) {
      vm.script(hook, "10-a", "1S", 0);
    }
    Events event =
        switch (story) {
          case FREEZE -> Events.freeze("A", 5);
          case REBOOT, REBOOT_OF_THE_VM, OVERTAKEN -> Events.reboot("A");
          case CANCELLED -> Events.reboot("A");
          case FAILED_DRAIN, DEADLINE -> Events.reboot("A").in("60S");
          case REDEPLOY -> Events.redeploy("A");
          case PREEMPT -> Events.preempt("A").in("2M");
          case TERMINATE -> Events.terminate("A");
          case UNKNOWN -> Events.of("HostUpdate", "A").in("60S");
          case HOST_FAILURE -> Events.reboot("A").started();
        };
    vm.platform.add(event.event());
    if (story == Story.FAILED_DRAIN) {
      vm.script(Hook.DRAIN, "10-a", "1S", 1);
    } else if (story == Story.DEADLINE) {
      vm.endlessScript(Hook.DRAIN, "10-a");
    } else if (story == Story.CANCELLED) {
      vm.endlessScript(Hook.DRAIN, "10-a");
      vm.after("20S", vm.platform::clear);
    } else if (story == Story.OVERTAKEN) {
      vm.script(Hook.RUNNING, "10-a", "20S", 0);
    }
    new Platform(vm, story).eachSecond();
    return vm;
  }

  private static VirtualVm play(Story story, Optional<CrashPoint> crash, Comeback comeback) {
    VirtualVm vm = vm(story);
    vm.crash = crash;
    vm.start();
    for (int second = 0; second < 400 && !isOver(vm, story); second++) {
      if (!vm.isAlive()) {
        if (comeback == Comeback.AFTER_A_REBOOT && story != Story.REBOOT_OF_THE_VM) {
          vm.reboot("boot-3");
        }
        vm.run(comeback == Comeback.AFTER_A_KILL ? "2S" : "5S").start();
      }
      vm.run("1S");
    }
    return vm;
  }

  private static boolean isOver(VirtualVm vm, Story story) {
    return vm.isAlive()
        && vm.platform.isEmpty()
        && vm.episode().isEmpty()
        && vm.summaries.size() == (story == Story.OVERTAKEN ? 2 : 1);
  }

  private static End end(VirtualVm vm) {
    return new End(
        vm.summaries.stream().map(Summary::ending).toList(),
        vm.summaries.stream().map(Summary::drain).toList(),
        vm.posted.stream().distinct().toList(),
        vm.node.isCordoned(),
        vm.episode().isEmpty() || vm.episode().get().summarized());
  }

  @ParameterizedTest
  @EnumSource(Story.class)
  void endsAsIfNothingHadHappenedAfterAKill(Story story) {
    matrix(story, Comeback.AFTER_A_KILL, CrashPoint.Moment.values());
  }

  @ParameterizedTest
  @EnumSource(Story.class)
  void endsAsIfNothingHadHappenedAfterAStop(Story story) {
    matrix(story, Comeback.AFTER_A_STOP, CrashPoint.Moment.AFTER_ACTIONS);
  }

  // a reboot tells "ran" from "cancelled", so that the story of a cancellation is another one then
  @ParameterizedTest
  @EnumSource(value = Story.class, mode = EnumSource.Mode.EXCLUDE, names = "CANCELLED")
  void endsAsIfNothingHadHappenedAfterAReboot(Story story) {
    matrix(story, Comeback.AFTER_A_REBOOT, CrashPoint.Moment.values());
  }

  @ParameterizedTest
  @EnumSource(Story.class)
  void hasTheEndItsStoryIsNamedAfter(Story story) {
    End end = end(play(story, Optional.empty(), Comeback.AFTER_A_KILL));
    assertThat(end.over()).isTrue();
    assertThat(end.cordoned()).isEqualTo(false);
    assertThat(end.endings())
        .isEqualTo(
            switch (story) {
              case CANCELLED -> List.of(Summary.Ending.CANCELLED);
              case TERMINATE -> List.of(Summary.Ending.GONE);
              case OVERTAKEN -> List.of(Summary.Ending.OVERTAKEN, Summary.Ending.RETURNED);
              default -> List.of(Summary.Ending.RETURNED);
            });
    assertThat(end.posted())
        .isEqualTo(
            switch (story) {
              case CANCELLED, FAILED_DRAIN, DEADLINE, HOST_FAILURE, UNKNOWN -> List.of();
              case OVERTAKEN -> List.of("A", "B");
              default -> List.of("A");
            });
  }

  private static void matrix(Story story, Comeback comeback, CrashPoint.Moment... moments) {
    VirtualVm undisturbed = play(story, Optional.empty(), comeback);
    End expected = end(undisturbed);
    List<String> wrong = new ArrayList<>();
    for (int change = 0; change < undisturbed.changes(); change++) {
      for (CrashPoint.Moment moment : moments) {
        CrashPoint point = new CrashPoint(change, moment);
        VirtualVm vm = play(story, Optional.of(point), comeback);
        End end = end(vm);
        Map<String, Long> posts =
            vm.posted.stream()
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        if (!end.equals(expected)
            || !vm.violations.isEmpty()
            || posts.values().stream().anyMatch(count -> count > 2)) {
          wrong.add(point + ": " + end + " " + posts + vm.violations + "\n" + vm.log);
        }
      }
    }
    assertThat(wrong).as("%s %s, undisturbed: %s", story, comeback, expected).isEmpty();
  }

  @Test
  void hasManyPointsToDieAt() {
    int changes = 0;
    for (Story story : Story.values()) {
      changes += play(story, Optional.empty(), Comeback.AFTER_A_KILL).changes();
    }
    PromisedFigure.named("F11").holds("points", changes * CrashPoint.Moment.values().length);
  }
}

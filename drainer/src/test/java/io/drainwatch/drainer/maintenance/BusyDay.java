package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * So many events an hour for one VM, of every type, hour after hour: each is approved or comes due,
 * lasts some seconds and is gone; one in fifty is cancelled. Counts what became of them.
 */
public final class BusyDay {
  private static final List<String> TYPES =
      List.of("Reboot", "Freeze", "Redeploy", "Preempt", "Terminate", "HostUpdate");
  private static final Duration LASTS = Duration.ofSeconds(3);
  private static final int CANCELLED = 50;

  public final VirtualVm vm = new VirtualVm();

  /** Summaries by episode. */
  public final Map<String, Integer> summaries = new HashMap<>();

  /** Ids of all that began. */
  public final Set<String> episodes = new HashSet<>();

  private final Duration between;
  private final Map<String, Instant> startedAt = new HashMap<>();
  private final Set<String> posted = new HashSet<>();
  private int published;
  private boolean goesOn = true;

  public BusyDay(int anHour) {
    between = Duration.ofHours(1).dividedBy(anHour);
    vm.jsonAtEachAppend = false;
    vm.machine = new Machine("vm1", Optional.of("id-1"), "boot-1", false);
    for (Hook hook : List.of(Hook.CORDON, Hook.DRAIN, Hook.RUNNING, Hook.UNCORDON)) {
      vm.script(hook, "10-a", "0.2S", 0);
    }
    vm.onlooker = (before, observation, step, at) -> look(step);
    vm.start();
    publish();
    eachSecond();
  }

  private void look(Transition step) {
    step.watch().episode().ifPresent(episode -> episodes.add(episode.id()));
    for (Action action : step.actions()) {
      if (action instanceof Action.Summarize(Summary summary)) {
        summaries.merge(summary.episode(), 1, Integer::sum);
      }
    }
  }

  public int published() {
    return published;
  }

  private void publish() {
    if (goesOn) {
      int number = published++;
      String type = TYPES.get(number % TYPES.size());
      Duration notice = Duration.ofSeconds(type.equals("Preempt") ? 30 : 600);
      vm.platform.add(Events.of(type, "E" + number).at(vm.now().plus(notice)).event());
      vm.later(between, this::publish);
    }
  }

  private void eachSecond() {
    posted.addAll(vm.posted);
    vm.posted.clear();
    for (ScheduledEvent event : List.copyOf(vm.platform)) {
      int number = Integer.parseInt(event.id().substring(1));
      if (event.isStarted()) {
        if (!vm.now().isBefore(startedAt.get(event.id()).plus(LASTS))) {
          vm.platform.remove(event);
          startedAt.remove(event.id());
          posted.remove(event.id());
        }
      } else if (number % CANCELLED == CANCELLED - 1) {
        vm.platform.remove(event);
      } else if (posted.contains(event.id())
          || event.notBefore().filter(at -> !vm.now().isBefore(at)).isPresent()) {
        startedAt.put(event.id(), vm.now());
        vm.platform.replaceAll(each -> each == event ? Events.like(event).started().event() : each);
      }
    }
    vm.later(Duration.ofSeconds(1), this::eachSecond);
  }

  /** An hour of it; forgets what only the model keeps. */
  public void hour() {
    vm.run("1H");
    vm.log.clear();
    vm.actions.clear();
    vm.summaries.clear();
    vm.history.clear();
  }

  /** No more events, and time for what is open. */
  public void calmsDown() {
    goesOn = false;
    for (int minute = 0; minute < 60 && !vm.platform.isEmpty(); minute++) {
      vm.run("1M");
    }
    vm.run("10M");
  }
}

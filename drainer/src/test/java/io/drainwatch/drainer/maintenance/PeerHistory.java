package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/**
 * One random history of events that name other VMs, this one, or both: documents in which they
 * come, start, move, change their resources, go and come back; errors, stale documents and empty
 * answers; kills and reboots. What the core does is held against {@link PeerOracle}.
 */
final class PeerHistory {
  private static final int MOVES = 120;

  /** Fewer than the record has marks for. */
  private static final int MOST_NAMES = 40;

  private final SplittableRandom dice;
  private final VirtualVm vm = new VirtualVm();
  private final PeerOracle oracle = new PeerOracle();
  private final List<ScheduledEvent> removed = new ArrayList<>();
  private int names;
  private int boots = 1;

  PeerHistory(long seed) {
    dice = new SplittableRandom(seed);
    vm.polls = false;
    vm.jsonAtEachAppend = false;
    vm.onlooker = oracle;
    vm.script(
            Hook.PEER_REMOVED, "10-a", call -> VirtualVm.exits("3S", dice.nextInt(3) == 0 ? 1 : 0))
        .script(
            Hook.PEER_REMOVED, "20-b", call -> VirtualVm.exits("1S", dice.nextInt(3) == 0 ? 75 : 0))
        .script(Hook.DRAIN, "10-a", "20S", 0);
  }

  VirtualVm vm() {
    return vm;
  }

  PeerOracle oracle() {
    return oracle;
  }

  PeerHistory play() {
    vm.start();
    for (int move = 0; move < MOVES; move++) {
      move();
    }
    vm.platform.clear();
    for (int i = 0; i < 3; i++) {
      poll(VirtualVm.Answers.DOCUMENT);
    }
    for (int i = 0; i < 60 && !vm.peers().isIdle(); i++) {
      vm.run("10M");
    }
    return this;
  }

  private void move() {
    switch (dice.nextInt(16)) {
      case 0, 1, 2, 3 -> poll(VirtualVm.Answers.DOCUMENT);
      case 4, 5 -> {
        if (names < MOST_NAMES) {
          vm.platform.add(event());
        }
      }
      case 6 -> change(each -> with(each, EventStatus.STARTED, each.resources(), Optional.empty()));
      case 7 ->
          change(
              each ->
                  with(
                      each,
                      each.status(),
                      each.resources(),
                      Optional.of(vm.now().plusSeconds(dice.nextInt(-60, 600)))));
      case 8 -> change(each -> with(each, each.status(), resources(), each.notBefore()));
      case 9, 10 -> {
        if (!vm.platform.isEmpty()) {
          removed.add(vm.platform.remove(dice.nextInt(vm.platform.size())));
        }
      }
      case 11 -> {
        if (!removed.isEmpty()) {
          vm.platform.add(removed.remove(dice.nextInt(removed.size())));
        }
      }
      case 12 -> poll(dice.nextBoolean() ? VirtualVm.Answers.ERROR : VirtualVm.Answers.STALE);
      case 13 -> {
        int times = dice.nextInt(15);
        for (int i = 0; i < times; i++) {
          poll(VirtualVm.Answers.EMPTY);
          vm.run("10S");
        }
      }
      case 14 -> vm.run(Duration.ofSeconds(dice.nextInt(400)));
      default -> {
        if (dice.nextBoolean()) {
          vm.kill();
        } else {
          vm.reboot("boot-" + ++boots);
        }
        vm.run("2S").start();
      }
    }
  }

  private void poll(VirtualVm.Answers answers) {
    vm.answers = answers;
    vm.poll();
    vm.run("1S");
  }

  private ScheduledEvent event() {
    String type = List.of("Preempt", "Preempt", "Terminate", "Reboot").get(dice.nextInt(4));
    Events event = Events.of(type, "E" + ++names).naming(resources().toArray(String[]::new));
    return (dice.nextInt(4) == 0
            ? event.started()
            : dice.nextInt(8) == 0 ? event : event.at(vm.now().plusSeconds(dice.nextInt(-10, 300))))
        .event();
  }

  private List<String> resources() {
    return switch (dice.nextInt(6)) {
      case 0 -> List.of("vm1");
      case 1 -> List.of("vm2", "VM1");
      case 2 -> List.of("vm2", "vm3");
      default -> List.of("vm3");
    };
  }

  private void change(UnaryOperator<ScheduledEvent> change) {
    if (!vm.platform.isEmpty()) {
      int which = dice.nextInt(vm.platform.size());
      vm.platform.set(which, change.apply(vm.platform.get(which)));
    }
  }

  private static ScheduledEvent with(
      ScheduledEvent event,
      EventStatus status,
      List<String> resources,
      Optional<Instant> notBefore) {
    return new ScheduledEvent(
        event.id().toLowerCase(Locale.ROOT),
        true,
        event.type(),
        status,
        event.source(),
        event.resourceType(),
        resources,
        notBefore,
        event.duration(),
        event.description(),
        event.raw());
  }
}

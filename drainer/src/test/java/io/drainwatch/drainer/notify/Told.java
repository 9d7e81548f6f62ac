package io.drainwatch.drainer.notify;

import io.drainwatch.drainer.maintenance.Summary;
import io.drainwatch.drainer.maintenance.VirtualVm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A virtual VM whose notices are kept in an outbox that survives its kills, for one sink. */
final class Told {
  static final String SINK = "all";

  final List<Notice> notices = new ArrayList<>();
  private Outbox outbox = Outbox.EMPTY;
  private boolean deaf;

  Told(VirtualVm vm) {
    vm.onlooker =
        (before, observation, step, at) -> {
          if (!deaf) {
            take(StepNotices.of(before, step, name -> Subject.plainVm(name, false), at));
          }
        };
  }

  /** What is said is lost from now on, as by a process that dies before it has kept it. */
  Told deaf(boolean now) {
    deaf = now;
    return this;
  }

  /** What the history tells. */
  void over(Summary summary) {
    take(Notices.of(summary, Subject.plainVm(summary.vmName(), false)));
  }

  private void take(List<Notice> said) {
    outbox = outbox.plus(said, Map.of(SINK, NoticeFilter.ALL), Outbox.MOST_OF_A_VM).outbox();
    outbox
        .entries()
        .forEach(
            entry -> {
              notices.add(entry.notice());
              outbox = outbox.without(SINK, entry.notice().id());
            });
  }

  List<String> words() {
    return notices.stream().map(notice -> notice.kind().word()).toList();
  }

  Notice the(NoticeKind kind) {
    return notices.stream()
        .filter(notice -> notice.kind() == kind)
        .findFirst()
        .orElseThrow(() -> new AssertionError(kind + " is not among " + words()));
  }
}

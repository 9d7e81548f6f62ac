package io.drainwatch.watcher.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.fleet.EpisodeEnd;
import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Events;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Summary;
import io.drainwatch.drainer.maintenance.VirtualVm;
import io.drainwatch.drainer.notify.Outbox;
import io.drainwatch.drainer.record.EpisodeJson;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A leader of the cluster tells while it leads, and sends what it has when it does not any more.
 */
@Timeout(60)
class FleetNoticesTest {
  private static final String ID = "7CB1D0F4-0001-4E0A-9A6E-0000000000A1";

  private final List<String> sent = new CopyOnWriteArrayList<>();
  private final AtomicReference<Instant> now = new AtomicReference<>(VirtualVm.START);
  private IntSupplier waiting = () -> 0;
  private final FleetNotices notices = notices();
  private final VirtualVm vm = new VirtualVm();

  FleetNoticesTest() {
    vm.onlooker =
        (before, observation, step, at) -> {
          for (Action action : step.actions()) {
            if (action instanceof Action.Summarize(Summary summary)) {
              notices.summarized("aks-1", summary, EpisodeEnd.RETURNED);
            }
          }
          notices.stands("aks-1", "blue", step.watch().episode(), at);
        };
  }

  private FleetNotices notices() {
    InstantSource clock = now::get;
    SinkSettings sink =
        Example.of(SinkKind.WEBHOOK, "https://example.com")
            .template("{{notice}} {{name}} {{pool}}", "text/plain")
            .settings();
    return new FleetNotices(
        new Notifier(
            new NotificationSettings(
                Duration.ofDays(365_000), List.of(sink), Outbox.MOST_OF_A_CLUSTER),
            clock,
            counts(),
            any ->
                letter -> {
                  sent.add(letter.body());
                  return new Answer.Came(200, java.util.Optional.empty(), "");
                },
            end -> wait -> !end.await(0, TimeUnit.NANOSECONDS),
            () -> 0),
        clock,
        false);
  }

  private DeliveryCounts counts() {
    return new DeliveryCounts() {
      @Override
      public void sink(String sink, IntSupplier number) {
        waiting = number;
      }

      @Override
      public void counted(String sink, Result result) {}

      @Override
      public void dropped(String sink, int notices) {}
    };
  }

  private void wholeLife() {
    vm.platform.add(Events.reboot(ID).event());
    vm.start().run("30S");
    vm.platform.clear();
    vm.platform.add(Events.reboot(ID).started().event());
    vm.run("10S");
    vm.platform.clear();
    vm.run("10S");
  }

  @Test
  void tellsByNodeAndPoolWhileItLeads() {
    notices.leads(true);
    wholeLife();
    notices.leads(false);
    notices.begin();

    Awaitility.await().until(() -> sent.size() == 8);
    assertThat(sent)
        .startsWith("seen aks-1 blue", "cordoned aks-1 blue")
        .endsWith("returned aks-1 blue");
    notices.close();
  }

  @Test
  void aNodeThatIsDeletedAfterItsEndWasToldIsNotBack() {
    notices.leads(true);
    vm.script(Hook.PRE_START, "10-a", "1H", 0);
    wholeLife();
    Episode ended = ended(vm.episode().orElseThrow());
    assertThat(ended.state()).isEqualTo(MaintenanceState.RUNNING);
    notices.stands("aks-1", "blue", Optional.of(ended), vm.now());

    notices.nodeIsGone("aks-1", vm.now());
    notices.stands("aks-1", "blue", Optional.empty(), vm.now());

    notices.begin();
    Awaitility.await().until(() -> waiting.getAsInt() == 0);
    assertThat(sent).contains("seen aks-1 blue").doesNotContain("returned aks-1 blue");
    notices.close();
  }

  /** As it stands once its summary was given. */
  private static Episode ended(Episode episode) {
    return switch (EpisodeJson.read(EpisodeJson.write(episode).put("summarized", true))) {
      case EpisodeJson.Reading.Read(Episode read) -> read;
      case EpisodeJson.Reading.Unreadable(String why) -> throw new AssertionError(why);
    };
  }

  @Test
  void tellsNothingWhileItDoesNotLead() {
    wholeLife();
    notices.leads(true);
    notices.stands("aks-1", "blue", java.util.Optional.empty(), VirtualVm.START);

    assertThat(waiting.getAsInt()).isZero();
    notices.close();
  }

  @Test
  void tellsNothingOnceItDoesNotLeadAnyMore() {
    notices.leads(true);
    notices.leads(false);
    wholeLife();

    assertThat(waiting.getAsInt()).isZero();
    notices.close();
  }

  @Test
  void aNewTermDoesNotTellWhatHappenedLongBefore() {
    notices.leads(true);
    vm.platform.add(Events.reboot(ID).event());
    vm.start().run("0.5S");
    int told = waiting.getAsInt();
    assertThat(told).isPositive();
    notices.leads(false);
    vm.run("10M");
    vm.platform.clear();
    vm.platform.add(Events.reboot(ID).started().event());
    vm.run("50M");

    now.set(VirtualVm.START.plus(Duration.ofHours(1)));
    notices.leads(true);
    vm.run("10S");

    assertThat(waiting.getAsInt()).isEqualTo(told);
    notices.close();
  }
}

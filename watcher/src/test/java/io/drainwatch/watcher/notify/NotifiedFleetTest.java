package io.drainwatch.watcher.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.fleet.Fleet;
import io.drainwatch.drainer.fleet.FleetRun;
import io.drainwatch.drainer.fleet.FleetSettings;
import io.drainwatch.drainer.fleet.Note;
import io.drainwatch.drainer.maintenance.PolicyAction;
import io.drainwatch.drainer.maintenance.Rules;
import io.drainwatch.drainer.model.ModelBudget;
import io.drainwatch.drainer.nodes.ObservationNote;
import io.drainwatch.drainer.notify.Outbox;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the drainer tells, by real leaders over what stands on the Nodes. */
@Timeout(120)
class NotifiedFleetTest {
  private static final String ID = "7CB1D0F4-0001-4E0A-9A6E-0000000000A1";
  private static final String OTHER = "7CB1D0F4-0001-4E0A-9A6E-0000000000B2";

  private final FleetRun run = new FleetRun().nodes("n1", "n2");
  private final List<Teller> tellers = new ArrayList<>();
  private final Instant notBefore = FleetRun.NOON.plus(Duration.ofMinutes(15));

  @AfterEach
  void end() {
    tellers.forEach(each -> each.notices.close());
    assertThat(run.violations).isEmpty();
  }

  /** One leader with what it sends. */
  private final class Teller {
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private IntSupplier waiting = () -> 0;
    private final FleetNotices notices;

    Teller() {
      SinkSettings sink =
          Example.of(SinkKind.WEBHOOK, "https://example.com")
              .template("{{notice}}|{{name}}|{{cause}}|{{id}}|{{at}}", "text/plain")
              .settings();
      notices =
          new FleetNotices(
              new Notifier(
                  new NotificationSettings(
                      Duration.ofDays(365_000), List.of(sink), Outbox.MOST_OF_A_CLUSTER),
                  () -> run.cluster.now().plus(ahead.get()),
                  new DeliveryCounts() {
                    @Override
                    public void sink(String name, IntSupplier number) {
                      waiting = number;
                    }
                  },
                  any ->
                      letter -> {
                        sent.add(letter.body());
                        return new Answer.Came(200, Optional.empty(), "");
                      },
                  end -> wait -> !end.await(0, TimeUnit.NANOSECONDS),
                  () -> 0),
              () -> run.cluster.now().plus(ahead.get()),
              false);
      tellers.add(this);
    }

    Fleet leads(String holder, FleetSettings settings) {
      run.beside = notices;
      Fleet fleet = run.drainer(holder, settings);
      fleet.start();
      return fleet;
    }

    Fleet leads(String holder) {
      return leads(holder, FleetRun.settings());
    }

    private List<String[]> of(String node) {
      notices.begin();
      Awaitility.await().until(() -> waiting.getAsInt() == 0);
      return sent.stream()
          .map(each -> each.split("\\|", -1))
          .filter(each -> each[1].equals(node))
          .toList();
    }

    List<String> words(String node) {
      return of(node).stream().map(each -> each[0]).toList();
    }

    List<String> ids(String node) {
      return of(node).stream().map(each -> each[3]).toList();
    }

    List<String> causes(String node) {
      return of(node).stream().filter(each -> each[0].equals("blocked")).map(e -> e[2]).toList();
    }

    List<Instant> moments(String node) {
      return of(node).stream().map(each -> Instant.parse(each[4])).toList();
    }
  }

  private void seconds(int number) {
    run.pass(Duration.ofSeconds(number));
  }

  private void minutes(int number) {
    run.pass(Duration.ofMinutes(number));
  }

  private void drained() {
    run.tell("n1", run.note("n1").event(ID, "Reboot", notBefore));
    seconds(20);
  }

  private void acknowledgedAndStarted() {
    run.tell("n1", run.note("n1").event(ID, "Reboot", notBefore).ack(ID, 200));
    seconds(1);
    run.tell("n1", run.note("n1").started(ID, "Reboot").ack(ID, 200));
    seconds(1);
  }

  private void over() {
    run.tell("n1", run.note("n1").boot("boot-2").missing(ID));
    seconds(2);
    run.tell("n1", run.note("n1").boot("boot-2").gone(ID));
    seconds(2);
  }

  @Test
  void theWholeLifeIsToldOnceAndInOrder() {
    Teller teller = new Teller();
    teller.leads("a");
    drained();
    acknowledgedAndStarted();
    run.cluster.notReady("n1");
    minutes(2);
    run.cluster.rebooted("n1", "boot-2");
    over();
    minutes(1);

    assertThat(teller.words("n1"))
        .containsExactly(
            "seen",
            "cordoned",
            "draining",
            "drained",
            "acknowledged",
            "started",
            "gone",
            "returned");
  }

  @Test
  void aNodeThatDoesNotComeUpIsNotBackAndPeopleAreToldWhy() {
    Teller teller = new Teller();
    teller.leads("a");
    drained();
    acknowledgedAndStarted();
    run.cluster.notReady("n1");
    over();
    minutes(30);

    assertThat(run.isCordoned("n1")).isTrue();
    assertThat(teller.words("n1")).endsWith("gone", "blocked");
    assertThat(teller.causes("n1")).singleElement().asString().contains("not Ready");

    run.cluster.rebooted("n1", "boot-2");
    minutes(1);
    assertThat(run.isCordoned("n1")).isFalse();
    assertThat(teller.words("n1")).endsWith("gone", "blocked", "returned");
  }

  @Test
  void whomADrainWaitsForIsToldEachTimeAndNothingIsCordonedMeanwhile() {
    Teller teller = new Teller();
    teller.leads("a", FleetRun.atMost(1));
    seconds(3);
    run.tell("n2", run.note("n2").event(OTHER, "Reboot", notBefore.minusSeconds(60)));
    seconds(1);
    run.reboots("n1", ID);
    seconds(2);
    assertThat(teller.words("n1")).containsExactly("seen", "blocked");
    run.cluster.annotate("n1", "weave.works/kured-reboot-in-progress", "2026-11-21T12:00:00Z");
    seconds(5);

    assertThat(run.isCordoned("n1")).isFalse();
    assertThat(teller.words("n1")).doesNotContain("cordoned");
    assertThat(teller.causes("n1"))
        .containsExactly(
            "the drain waits for others: Budget", "the drain waits for others: Window");
    minutes(9);
    assertThat(run.isCordoned("n1")).isTrue();
    assertThat(teller.words("n1")).contains("cordoned");
  }

  @Test
  void theNextLeaderTellsTheLastMinutesAgainAsTheyStandOnTheNode() {
    Teller first = new Teller();
    Fleet leading = first.leads("a");
    drained();
    leading.stop();
    seconds(20);

    Teller second = new Teller();
    second.leads("b");
    minutes(1);

    assertThat(first.words("n1")).containsExactly("seen", "cordoned", "draining", "drained");
    assertThat(second.ids("n1")).containsExactlyElementsOf(first.ids("n1"));
    assertThat(second.moments("n1").getFirst()).isEqualTo(first.moments("n1").getFirst());
  }

  @Test
  void theNextLeaderTellsNothingThatIsLongAgoAndNothingThatTheRecordDoesNotTell() {
    Teller first = new Teller();
    Fleet leading = first.leads("a");
    drained();
    acknowledgedAndStarted();
    minutes(30);
    leading.stop();

    Teller second = new Teller();
    second.leads("b");
    minutes(5);
    assertThat(second.words("n1")).isEmpty();
  }

  @Test
  void theNextLeaderDoesNotTakeACancelledMaintenanceForOneThatFailed() {
    run.cluster.replicaSet("shop", "web", 1, pod -> pod.stopsIn(Duration.ofMinutes(2)), "n1");
    Teller first = new Teller();
    Fleet leading = first.leads("a");
    drained();
    run.cluster.notReady("n1");
    run.tell("n1", run.note("n1").missing(ID));
    seconds(2);
    run.tell("n1", run.note("n1").gone(ID));
    seconds(10);
    assertThat(run.state("n1")).isEqualTo("Running");
    assertThat(first.words("n1")).endsWith("cancelled");
    leading.stop();

    Teller second = new Teller();
    second.leads("b");
    minutes(3);
    run.cluster.ready("n1");
    minutes(2);

    assertThat(second.words("n1")).doesNotContain("drain-failed", "gone").endsWith("returned");
  }

  @Test
  void theNextLeaderDoesNotTakeAFreezeThatIsObservedForADrainThatFailed() {
    Teller first = new Teller();
    Fleet leading = first.leads("a");
    run.tell("n1", run.note("n1").event(ID, "Freeze", notBefore));
    seconds(10);
    run.tell("n1", run.note("n1").started(ID, "Freeze"));
    seconds(10);
    leading.stop();

    Teller second = new Teller();
    second.leads("b");
    minutes(1);
    assertThat(second.words("n1")).doesNotContain("drain-failed");
  }

  @Test
  void theNextLeaderTellsADeadlineMissedAsThatAndNotAsAFailure() {
    Teller first = new Teller();
    Fleet leading = first.leads("a");
    Note hooks =
        run.note("n1")
            .event(ID, "Reboot", notBefore)
            .hook(ID + "/vm-n1", "pre-stop", ObservationNote.HookOutcome.RUNNING);
    run.tell("n1", hooks);
    minutes(15);
    run.tell("n1", run.note("n1").started(ID, "Reboot"));
    seconds(5);
    assertThat(first.words("n1")).contains("deadline-missed").endsWith("started");
    leading.stop();

    Teller second = new Teller();
    second.leads("b");
    minutes(1);
    assertThat(second.words("n1")).doesNotContain("drain-failed");
  }

  @Test
  void theNextLeaderDoesNotTellADeadlineAgainThatWasMissedLongAgo() {
    Note hooks =
        run.note("n1")
            .event(ID, "Reboot", notBefore)
            .hook(ID + "/vm-n1", "pre-stop", ObservationNote.HookOutcome.RUNNING);
    Teller first = new Teller();
    Fleet leading = first.leads("a");
    run.tell("n1", hooks);
    minutes(40);
    assertThat(first.words("n1")).endsWith("deadline-missed");
    leading.stop();

    Teller second = new Teller();
    second.leads("b");
    minutes(5);
    assertThat(second.words("n1")).isEmpty();
  }

  @Test
  void aLeaderWhoseClockWasAheadIsNotMute() {
    Teller teller = new Teller();
    teller.ahead.set(Duration.ofHours(1));
    teller.leads("a");
    teller.ahead.set(Duration.ZERO); // it was set right
    drained();

    assertThat(teller.words("n1")).containsExactly("seen", "cordoned", "draining", "drained");
  }

  @Test
  void whatIsSaidAsAMaintenanceBeginsIsToldOfIt() {
    Teller teller = new Teller();
    teller.leads(
        "a",
        FleetSettings.of(
            Rules.settings(Rules.forType("Reboot").doing(PolicyAction.DRAIN).startBefore("5M"))));
    run.tell("n1", run.note("n1").event(ID, "Reboot", notBefore));
    seconds(5);

    assertThat(teller.words("n1")).containsExactly("seen", "blocked");
    assertThat(teller.causes("n1")).singleElement().asString().contains("the drain waits");
  }

  @Test
  void whatIsSaidOnTheWayToAStateIsToldBehindIt() {
    Teller teller = new Teller();
    teller.leads("a");
    run.tell("n1", run.note("n1").condition(ID, "Reboot", Duration.ofMinutes(15)));
    seconds(30);

    assertThat(teller.words("n1"))
        .containsExactly("seen", "cordoned", "draining", "drained", "blocked");
    assertThat(teller.causes("n1")).singleElement().asString().contains("condition of the Node");
  }

  @Test
  void aBudgetIsToldOnceItBlocksForAWhile() {
    run.cluster.replicaSet("shop", "web", 1, pod -> pod.labelled("app", "web"), "n1");
    run.cluster.addBudget(
        "shop", "web", ModelBudget.Spec.maxUnavailable(Map.of("app", "web"), "0"));
    Teller teller = new Teller();
    teller.leads("a");
    drained();
    seconds(20);
    assertThat(teller.words("n1")).containsExactly("seen", "cordoned", "draining");
    minutes(5);
    assertThat(teller.words("n1")).containsExactly("seen", "cordoned", "draining", "blocked");
    assertThat(teller.causes("n1")).singleElement().asString().contains("web");
  }
}

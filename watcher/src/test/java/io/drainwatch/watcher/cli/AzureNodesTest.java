package io.drainwatch.watcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.model.ModelNode;
import io.drainwatch.drainer.nodes.DrainNote;
import io.drainwatch.drainer.nodes.HeldBy;
import io.drainwatch.drainer.nodes.Marks;
import io.drainwatch.drainer.nodes.NodeEvent;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.nodes.NodeMachine;
import io.drainwatch.drainer.nodes.NodeRecord;
import io.drainwatch.drainer.nodes.NodeRecordJson;
import io.drainwatch.drainer.nodes.ObservationJson;
import io.drainwatch.drainer.nodes.ObservationNote;
import io.drainwatch.drainer.nodes.Phase;
import io.drainwatch.drainer.nodes.Prior;
import io.drainwatch.drainer.nodes.Progress;
import io.drainwatch.watcher.azure.AzureSamples;
import io.drainwatch.watcher.azure.AzureVm;
import io.drainwatch.watcher.azure.OutsideAcknowledgement;
import io.drainwatch.watcher.azure.PlayedAzure;
import io.drainwatch.watcher.azure.ResourceId;
import io.drainwatch.watcher.azure.Trouble;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes of a cluster behind a socket, and what Azure says of their VMs. */
@Timeout(120)
class AzureNodesTest {
  private static final String EVENT = DrainedCluster.EVENT;
  private static final Duration LONG_AGO = Duration.ofMinutes(10);

  @TempDir Path directory;
  private final DrainedCluster cluster = new DrainedCluster();
  private final PlayedAzure azure = new PlayedAzure();
  private Tool tool;
  private Path kubeconfig;

  @BeforeEach
  void begin() throws IOException {
    tool = Tool.in(directory).with(azure);
    kubeconfig = cluster.server.writeKubeconfig(tool.file("kubeconfig", ""));
  }

  @AfterEach
  void end() {
    cluster.close();
  }

  private void record(
      String node, MaintenanceState state, List<String> drained, List<String> ackable) {
    record(node, state, HeldBy.NOTHING, EVENT, drained, ackable);
  }

  private void record(
      String node,
      MaintenanceState state,
      HeldBy held,
      String id,
      List<String> drained,
      List<String> ackable) {
    cluster.server.with(
        it -> {
          ModelNode found = it.node(node);
          NodeRecord record =
              new NodeRecord(
                  "hash",
                  new NodeMachine(found.uid(), Optional.empty(), found.bootId()),
                  List.of(event(id, node, it.now())),
                  new Progress(
                      state,
                      Phase.WAITING,
                      it.now(),
                      Optional.of(it.now()),
                      Optional.empty(),
                      held,
                      Optional.empty()),
                  "default Reboot",
                  Marks.NONE.withCordon(true),
                  Optional.of(new Prior(false, Optional.empty())),
                  new DrainNote(
                      drained, ackable, new DrainNote.Counts(0, 0, 0, 0, 0), List.of(), 0),
                  "drainer-1",
                  1);
          it.cordon(node, true);
          it.annotate(node, NodeKeys.RECORD, NodeRecordJson.write(record));
          return it;
        });
  }

  private static NodeEvent event(String id, String node, Instant now) {
    return new NodeEvent(
        id,
        "Reboot",
        EventStatus.SCHEDULED,
        Optional.of(now.plus(Duration.ofMinutes(5))),
        EventSource.PLATFORM,
        List.of("vm-" + node),
        Optional.empty());
  }

  private void watcherHeard(String node, Duration ago, boolean acknowledged) {
    watcherHeard(node, ago, acknowledged, Optional.empty());
  }

  private void watcherHeard(
      String node, Duration ago, boolean acknowledged, Optional<Duration> hookAgo) {
    cluster.server.with(
        it -> {
          Instant at = it.now().minus(ago);
          it.annotate(
              node,
              NodeKeys.OBSERVATION,
              ObservationJson.write(
                  new ObservationNote(
                      Optional.empty(),
                      "vm-" + node,
                      it.node(node).bootId(),
                      1,
                      at,
                      ObservationNote.Health.OK,
                      List.of(event(EVENT, node, it.now())),
                      List.of(),
                      List.of(),
                      acknowledged ? List.of(new ObservationNote.Ack(EVENT, at, 200)) : List.of(),
                      hookAgo
                          .map(
                              since ->
                                  new ObservationNote.HookNote(
                                      "hash",
                                      "pre-drain",
                                      ObservationNote.HookOutcome.RUNNING,
                                      it.now().minus(since),
                                      ""))
                          .stream()
                          .toList(),
                      0)));
          return it;
        });
  }

  private ResourceId vmOf(String node) {
    String providerId = cluster.server.with(it -> it.node(node).facts().providerId());
    return ResourceId.parse(providerId).orElseThrow(() -> new AssertionError(providerId));
  }

  private Tool.Result acknowledge() {
    return tool.run("azure", "acknowledge", "--node", "n1", "--kubeconfig", kubeconfig, "--yes");
  }

  @Test
  void acknowledgesForAWatcherThatIsGoneWhatTheRecordAllows() {
    record("n1", MaintenanceState.DRAINED, List.of(EVENT), List.of(EVENT));
    watcherHeard("n1", LONG_AGO, false);

    Tool.Result result = acknowledge();

    assertThat(result.err()).isEmpty();
    assertThat(result.out()).isEqualTo("Acknowledged " + EVENT + ": Successfully Approved\n");
    assertThat(azure.done).containsExactly("acknowledge " + EVENT + " of " + vmOf("n1").name());
  }

  @Test
  void acknowledgesNothingThatIsNotDurablyDrainedAndAllowed() {
    watcherHeard("n1", LONG_AGO, false);
    assertThat(acknowledge().err()).contains("no record").contains("Nothing was acknowledged");
    record("n1", MaintenanceState.DRAINING, List.of(EVENT), List.of(EVENT));
    assertThat(acknowledge().err()).contains("state Draining");
    record("n1", MaintenanceState.DRAINED, List.of(), List.of(EVENT));
    assertThat(acknowledge().code()).isEqualTo(ExitCode.FAILED);
    record("n1", MaintenanceState.DRAINED, List.of(EVENT), List.of());
    assertThat(acknowledge().code()).isEqualTo(ExitCode.FAILED);

    assertThat(azure.done).isEmpty();
  }

  @Test
  void leavesItToAWatcherThatIsThereOrHasDoneIt() {
    record("n1", MaintenanceState.DRAINED, List.of(EVENT), List.of(EVENT));
    watcherHeard("n1", Duration.ofSeconds(30), false);
    assertThat(acknowledge().err()).contains("acknowledges itself");
    watcherHeard("n1", LONG_AGO, true);
    assertThat(acknowledge().code()).isEqualTo(ExitCode.FAILED);

    assertThat(azure.done).isEmpty();
  }

  @Test
  void withoutANoteNothingSaysThatTheWatcherIsSilent() {
    record("n1", MaintenanceState.DRAINED, List.of(EVENT), List.of(EVENT));

    assertThat(acknowledge().err())
        .contains("form agent shows no sign of life on the Node")
        .contains("Nothing was acknowledged");
    assertThat(azure.done).isEmpty();
  }

  @Test
  void acknowledgesNothingOfANodeThatIsNotCordonedAnyMore() {
    record("n1", MaintenanceState.DRAINED, List.of(EVENT), List.of(EVENT));
    watcherHeard("n1", LONG_AGO, false);
    cluster.server.with(
        it -> {
          it.cordon("n1", false);
          return it;
        });

    assertThat(acknowledge().err()).contains("is not cordoned");
    assertThat(azure.done).isEmpty();
  }

  @Test
  void acknowledgesNothingWhileTheDrainIsHeld() {
    watcherHeard("n1", LONG_AGO, false);
    record(
        "n1",
        MaintenanceState.DRAINED,
        HeldBy.FOREIGN_UNCORDON,
        EVENT,
        List.of(EVENT),
        List.of(EVENT));

    assertThat(acknowledge().err()).contains("the drain is held: ForeignUncordon");
    assertThat(azure.done).isEmpty();
  }

  @Test
  void acknowledgesNoEventThatThisProgramMadeUp() {
    String madeUp = ScheduledEvent.MADE_UP + "1";
    watcherHeard("n1", LONG_AGO, false);
    record(
        "n1", MaintenanceState.DRAINED, HeldBy.NOTHING, madeUp, List.of(madeUp), List.of(madeUp));

    assertThat(acknowledge().err()).contains("allows no event");
    assertThat(azure.done).isEmpty();
  }

  @Test
  void aWatcherThatReadsNoDocumentButRunsAHookIsThere() {
    record("n1", MaintenanceState.DRAINED, List.of(EVENT), List.of(EVENT));
    watcherHeard("n1", LONG_AGO, false, Optional.of(Duration.ofSeconds(30)));

    assertThat(acknowledge().err()).contains("acknowledges itself");
    assertThat(azure.done).isEmpty();
  }

  @Test
  void asksBeforeItAcknowledges() {
    record("n1", MaintenanceState.DRAINED, List.of(EVENT), List.of(EVENT));
    watcherHeard("n1", LONG_AGO, false);
    Object[] words = {"azure", "acknowledge", "--node", "n1", "--kubeconfig", kubeconfig};

    assertThat(tool.run(words).code()).isEqualTo(ExitCode.USAGE);
    assertThat(tool.answering(false).run(words).code()).isEqualTo(ExitCode.FAILED);
    assertThat(tool.asked()).contains(EVENT);
    assertThat(azure.done).isEmpty();
  }

  @Test
  void tellsWhatAzureSaysWhenItDoesNotTakeIt() {
    record("n1", MaintenanceState.DRAINED, List.of(EVENT), List.of(EVENT));
    watcherHeard("n1", LONG_AGO, false);
    azure.trouble = Optional.of(Trouble.Kind.FORBIDDEN);

    assertThat(acknowledge().err())
        .contains("lacks Microsoft.Maintenance/scheduledevents/acknowledge/action");
  }

  @Test
  void aNodeThatIsNotAzuresIsRefused() {
    NodeFacts facts = cluster.server.with(it -> it.node("n1").facts());
    NodeFacts elsewhere =
        new NodeFacts(
            facts.name(),
            facts.uid(),
            facts.resourceVersion(),
            facts.unschedulable(),
            facts.labels(),
            facts.annotations(),
            facts.taints(),
            facts.conditions(),
            facts.readiness(),
            facts.bootId());

    assertThat(OutsideAcknowledgement.of(elsewhere, Instant.EPOCH))
        .isInstanceOfSatisfying(
            OutsideAcknowledgement.Refused.class,
            refused -> assertThat(refused.sentence()).contains("which VM of Azure"));
  }

  @Test
  void tellsWhatBecameOfTheVmsOfNodesInMaintenance() {
    for (String node : List.of("n1", "n2", "n3")) {
      record(node, MaintenanceState.MAINTENANCE_STARTED, List.of(EVENT), List.of(EVENT));
    }
    azure.with(AzureSamples.goodVm(vmOf("n1")));
    azure.with(AzureSamples.powered(vmOf("n2"), AzureVm.Power.DEALLOCATED, "Succeeded"));

    Tool.Result result = tool.run("azure", "nodes", "--kubeconfig", kubeconfig);

    assertThat(result.err()).isEmpty();
    assertThat(result.out().lines())
        .containsExactly(
            "n1 (MaintenanceStarted): the VM runs",
            "n2 (MaintenanceStarted): the VM is deallocated: it comes back only when somebody"
                + " starts it, or its scale set replaces it",
            "n3 (MaintenanceStarted): the VM is deleted: its Node does not come back, and kubectl"
                + " delete node ends the episode");
    assertThat(result.code()).isEqualTo(ExitCode.FAILED);
    assertThat(tool.run("azure", "nodes", "--kubeconfig", kubeconfig, "--output", "json").json())
        .hasSize(3);
  }

  @Test
  void aSubscriptionThatIsNotFoundDeletesNoVm() {
    record("n1", MaintenanceState.MAINTENANCE_STARTED, List.of(EVENT), List.of(EVENT));
    for (String code : List.of("SubscriptionNotFound", "InvalidAuthenticationTokenTenant", "")) {
      azure.notFound = code;

      Tool.Result result = tool.run("azure", "nodes", "--kubeconfig", kubeconfig);

      assertThat(result.out()).contains("the VM is not told of: ", code).doesNotContain("deleted");
      assertThat(result.code()).isEqualTo(ExitCode.FAILED);
    }
    for (String code : List.of("ResourceNotFound", "NotFound", "ResourceGroupNotFound")) {
      azure.notFound = code;

      assertThat(tool.run("azure", "nodes", "--kubeconfig", kubeconfig).out())
          .contains("the VM is deleted");
    }
  }

  @Test
  void aRehearsalByTheNodeOfAnotherVmIsNotBegun() {
    azure.with(AzureSamples.goodVm(vmOf("n1")));

    Tool.Result result =
        tool.run(
            "azure",
            "rehearse",
            "--vm",
            vmOf("n1").path(),
            "--event",
            "reboot",
            "--node",
            "n2",
            "--kubeconfig",
            kubeconfig,
            "--limit",
            "1s",
            "--i-know-this-restarts-it");

    assertThat(result.code()).isEqualTo(ExitCode.FAILED);
    assertThat(result.err()).contains("The Node n2 is not ", "Nothing was done");
    assertThat(azure.done).isEmpty();
  }

  @Test
  void aNodeWithoutMaintenanceIsNotAskedFor() {
    assertThat(tool.run("azure", "nodes", "--kubeconfig", kubeconfig))
        .isEqualTo(new Tool.Result(ExitCode.OK, "", ""));
  }
}

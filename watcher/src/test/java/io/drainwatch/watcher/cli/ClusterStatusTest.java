package io.drainwatch.watcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.model.Fault;
import io.drainwatch.drainer.model.ModelNode;
import io.drainwatch.drainer.model.Verb;
import io.drainwatch.drainer.nodes.DrainNote;
import io.drainwatch.drainer.nodes.HeldBy;
import io.drainwatch.drainer.nodes.Marks;
import io.drainwatch.drainer.nodes.NodeEvent;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.nodes.NodeMachine;
import io.drainwatch.drainer.nodes.NodeRecord;
import io.drainwatch.drainer.nodes.NodeRecordJson;
import io.drainwatch.drainer.nodes.Phase;
import io.drainwatch.drainer.nodes.Prior;
import io.drainwatch.drainer.nodes.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the model of a cluster behind a socket. */
class ClusterStatusTest {
  private static final String EVENT = DrainedCluster.EVENT;

  @TempDir Path directory;
  private final DrainedCluster cluster = new DrainedCluster();
  private Tool tool;
  private Path kubeconfig;

  @BeforeEach
  void begin() throws IOException {
    tool = Tool.in(directory);
    kubeconfig = cluster.server.writeKubeconfig(tool.file("kubeconfig", ""));
  }

  @AfterEach
  void end() {
    cluster.close();
  }

  /** Drains since a minute ago, and a pod stays. */
  private void draining(String node, boolean cordonIsOurs, String type, String why) {
    cluster.server.with(
        it -> {
          ModelNode found = it.node(node);
          Instant now = it.now();
          NodeRecord record =
              new NodeRecord(
                  "hash",
                  new NodeMachine(found.uid(), Optional.empty(), found.bootId()),
                  List.of(
                      new NodeEvent(
                          EVENT,
                          type,
                          EventStatus.SCHEDULED,
                          Optional.of(now.plus(Duration.ofMinutes(15))),
                          EventSource.PLATFORM,
                          List.of("vm-" + node),
                          Optional.empty())),
                  new Progress(
                      MaintenanceState.DRAINING,
                      Phase.BLOCKED,
                      now.minusSeconds(60),
                      Optional.of(now.minusSeconds(60)),
                      Optional.of(now.plus(Duration.ofMinutes(14))),
                      HeldBy.NOTHING,
                      Optional.empty()),
                  "default Reboot",
                  Marks.NONE.withCordon(cordonIsOurs),
                  Optional.of(new Prior(!cordonIsOurs, Optional.empty())),
                  new DrainNote(
                      List.of(),
                      List.of(),
                      new DrainNote.Counts(5, 4, 1, 0, 0),
                      List.of(new DrainNote.Left("shop/db-0", why)),
                      2),
                  "drainer-1",
                  1);
          it.cordon(node, true);
          it.annotate(node, NodeKeys.RECORD, NodeRecordJson.write(record));
          return it;
        });
  }

  private Tool.Result status(String... more) {
    return tool.run(
        Stream.concat(
                Stream.of("status", "--cluster", "--kubeconfig", kubeconfig.toString()),
                Arrays.stream(more))
            .toArray());
  }

  @Test
  void listsWhoHasAMaintenanceAndCountsTheRest() {
    cluster.announce("n1");
    draining("n1", true, "Reboot", "budget shop/db");

    Tool.Result result = status();

    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isEqualTo(ExitCode.OK);
    assertThat(result.out())
        .containsPattern("NODE +STATE +PHASE +TYPE +SINCE +DEADLINE")
        .containsPattern(
            "n1 +Draining +blocked +Reboot +\\S+Z +\\S+Z, 8\\d\\d s left +ours +0 of 1 +0 of 1"
                + " +4 of 5 +ok\n")
        .contains("  left: shop/db-0: budget shop/db\n  and 2 more\n")
        .endsWith("2 more Nodes without a maintenance.\n");
  }

  @Test
  void tellsTheSameAsJson() {
    cluster.announce("n1");
    draining("n1", true, "Reboot", "budget shop/db");
    draining("n2", false, "Preempt", "");

    JsonNode json = status("--output", "json").json();

    assertThat(json.path("withoutMaintenance").asInt()).isEqualTo(1);
    JsonNode first = json.at("/nodes/0");
    assertThat(first.path("node").asText()).isEqualTo("n1");
    assertThat(first.path("state").asText()).isEqualTo("Draining");
    assertThat(first.path("phase").asText()).isEqualTo("blocked");
    assertThat(first.path("cordon").asText()).isEqualTo("ours");
    assertThat(first.at("/events/0/id").asText()).isEqualTo(EVENT);
    assertThat(first.path("secondsLeft").asInt()).isBetween(700, 840);
    assertThat(first.at("/pods/gone").asInt()).isEqualTo(4);
    assertThat(first.at("/left/0/pod").asText()).isEqualTo("shop/db-0");
    assertThat(first.at("/left/0/why").asText()).isEqualTo("budget shop/db");
    assertThat(first.at("/watcher/health").asText()).isEqualTo("ok");
    assertThat(json.at("/nodes/1/cordon").asText()).isEqualTo("foreign");
    assertThat(json.at("/nodes/1/types/0").asText()).isEqualTo("Preempt");
    assertThat(json.at("/nodes/1/watcher/health").asText()).isEqualTo("unknown");
  }

  @Test
  void tellsWhatBecameOfAVm() {
    draining("n1", true, "Reboot", "");
    cluster.server.with(
        it -> {
          String record = it.node("n1").annotations().get(NodeKeys.RECORD);
          it.annotate(
              "n1",
              NodeKeys.RECORD,
              record.replace("\"held\":", "\"vm\":\"deallocated\",\"held\":"));
          return it;
        });

    assertThat(status().out()).contains("\n  the VM is deallocated: it comes back only when");
    assertThat(status("--output", "json").json().at("/nodes/0/vm").asText())
        .isEqualTo("deallocated");
  }

  @Test
  void showsAnEventThatNobodyAnsweredAndARecordThatCannotBeRead() {
    cluster.announce("n1");
    cluster.server.with(
        it -> {
          it.annotate("n2", NodeKeys.RECORD, "{\u001b[31m");
          return it;
        });

    Tool.Result result = status();

    assertThat(result.code()).isEqualTo(ExitCode.OK);
    assertThat(result.out())
        .containsPattern("n1 +no-record +- +Reboot ")
        .contains("  the watcher tells of an event, and there is no record of it\n")
        .containsPattern("n2 +no-record +- +- ")
        .contains("cannot be read")
        .doesNotContain("\u001b");
  }

  @Test
  void textOfTheClusterSteersNoTerminal() {
    draining("n1", true, "Re\u202eboot", "\u202e" + "x".repeat(5_000) + "\u2028");

    Tool.Result text = status();
    Tool.Result json = status("--output", "json");

    assertThat(text.out() + json.out()).doesNotContain("\u202e", "\u2028", "x".repeat(201));
  }

  @Test
  void aClusterWithoutMaintenanceIsOneLine() {
    assertThat(status().out()).isEqualTo("3 Nodes without a maintenance.\n");
  }

  @Test
  void saysThatTheClusterDoesNotAnswer() {
    cluster.server.faults().forever(Verb.LIST_NODES, Fault.FORBIDDEN);

    Tool.Result result = status("--output", "json");

    assertThat(result.code()).isEqualTo(ExitCode.NO_DAEMON);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .startsWith("The cluster does not tell its Nodes: ")
        .contains("forbidden");
  }

  @Test
  void theClusterIsNamedTogetherWithClusterOnly() {
    assertThat(tool.run("status", "--kubeconfig", kubeconfig).code()).isEqualTo(ExitCode.USAGE);
  }
}

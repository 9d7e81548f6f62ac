package io.drainwatch.watcher.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.cluster.NodesListing;
import io.drainwatch.drainer.maintenance.GroupMember;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeReadiness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who is in a Node's group, by the Nodes of the cluster. */
class NodesOfGroupTest {
  private static final String SET =
      "azure:///subscriptions/S/resourceGroups/R/providers/Microsoft.Compute/virtualMachineScaleSets/";

  private final List<Observation> reported = new ArrayList<>();
  private NodesListing answer = new NodesListing.Failed("403");
  private int lists;
  private long now;

  private final NodesOfGroup group = group(true);

  private NodesOfGroup group(boolean on) {
    return new NodesOfGroup(
        on,
        "n0",
        () -> {
          lists++;
          return answer;
        },
        () -> now,
        Runnable::run);
  }

  private static NodeFacts node(String name, String pool, String providerId, boolean ready) {
    return new NodeFacts(
        name,
        "uid-" + name,
        "1",
        false,
        pool.isEmpty() ? Map.of() : Map.of("kubernetes.azure.com/agentpool", pool),
        Map.of(),
        List.of(),
        List.of(),
        new NodeReadiness(ready, Optional.empty(), Optional.empty()),
        "boot-" + name,
        providerId,
        List.of());
  }

  private static NodeFacts ofSet(String name, String set, int number) {
    return node(name, "p", SET + set + "/virtualMachines/" + number, true);
  }

  private static List<String> names(List<NodeFacts> nodes) {
    return NodesOfGroup.members(nodes, "n0").orElseThrow().stream()
        .map(GroupMember::vmName)
        .toList();
  }

  private void passes(Duration time) {
    now += time.toNanos();
    group.lookIfDue(reported::add);
  }

  @Test
  @DisplayName("SS06 the Nodes of its scale set, by the names of their VMs, and not itself")
  void areThoseOfTheScaleSet() {
    List<NodeFacts> nodes =
        List.of(
            ofSet("n0", "west", 0),
            ofSet("n1", "WEST", 1),
            ofSet("n2", "east", 1),
            node("n3", "p", "", true));
    assertThat(names(nodes)).containsExactly("WEST_1");
  }

  @Test
  @DisplayName("where there is no scale set those of its pool")
  void areThoseOfThePool() {
    List<NodeFacts> nodes =
        List.of(
            node("n0", "p", "", true), node("n1", "p", "", false), node("n2", "other", "", true));
    assertThat(NodesOfGroup.members(nodes, "n0").orElseThrow())
        .containsExactly(new GroupMember("n1", "uid-n1", "boot-n1", false));
  }

  @Test
  void isNotKnownWithoutTheOwnNode() {
    assertThat(NodesOfGroup.members(List.of(ofSet("n1", "west", 1)), "n0")).isEmpty();
  }

  @Test
  @DisplayName("is looked at each 30 s, and not at all unless asked for")
  void looksNowAndThen() {
    group(false).lookIfDue(reported::add);
    assertThat(lists).isZero();
    answer = new NodesListing.Complete(List.of(ofSet("n0", "west", 0), ofSet("n1", "west", 1)));
    IntStream.range(0, 91).forEach(i -> passes(Duration.ofSeconds(1)));
    assertThat(lists).isEqualTo(4);
    assertThat(reported)
        .hasSize(4)
        .allMatch(
            each ->
                each.equals(
                    new Observation.GroupSeen(
                        List.of(new GroupMember("west_1", "uid-n1", "boot-n1", true)))));
  }

  @Test
  @DisplayName("the more Nodes, the more seldom")
  void looksSeldomWhereThereAreMany() {
    answer =
        new NodesListing.Complete(
            IntStream.range(0, 500).mapToObj(i -> ofSet("n" + i, "west", i)).toList());
    IntStream.range(0, 600).forEach(i -> passes(Duration.ofSeconds(1)));
    assertThat(lists).isEqualTo(2);
  }

  @Test
  @DisplayName("I10 a list that fails is no news, and is tried again")
  void aFailureIsNoNews() {
    IntStream.range(0, 40).forEach(i -> passes(Duration.ofSeconds(1)));
    assertThat(lists).isEqualTo(2);
    assertThat(reported).isEmpty();
  }

  @Test
  @DisplayName("a failure is no reason to ask a large cluster more often")
  void keepsItsPaceThroughFailures() {
    answer =
        new NodesListing.Complete(
            IntStream.range(0, 500).mapToObj(i -> ofSet("n" + i, "west", i)).toList());
    passes(Duration.ofSeconds(1));
    answer = new NodesListing.Failed("503");
    IntStream.range(0, 899).forEach(i -> passes(Duration.ofSeconds(1)));
    assertThat(lists).isEqualTo(3);
  }
}

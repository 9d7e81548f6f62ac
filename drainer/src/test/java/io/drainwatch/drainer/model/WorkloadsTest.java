package io.drainwatch.drainer.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.pods.PodPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The model's controllers and its scheduler. */
class WorkloadsTest {
  private final ModelCluster cluster = new ModelCluster(Instant.parse("2026-11-21T10:00:00Z"));

  WorkloadsTest() {
    cluster.addNode("n1");
    cluster.addNode("n2");
  }

  private void goes(String name) {
    cluster.evict("shop", name, DeleteWish.PLAIN);
  }

  private List<String> on(String node) {
    return cluster.podsOn(node).stream().map(pod -> pod.facts().name()).toList();
  }

  @Test
  void aReplicaSetReplacesAPodAsSoonAsItTerminates() {
    cluster.replicaSet("shop", "web", 2, PodFields::hangs, "n1");
    cluster.cordon("n1", true);
    goes("web-1");

    cluster.advance(Duration.ofSeconds(4));

    assertThat(on("n1")).containsExactly("web-1", "web-2");
    assertThat(on("n2")).containsExactly("web-3");
    assertThat(cluster.pod("shop", "web-3").facts().ready()).isTrue();
  }

  @Test
  void nothingIsScheduledOnACordonedNode() {
    cluster.replicaSet("shop", "web", 1, pod -> {}, "n1");
    cluster.cordon("n1", true);
    cluster.cordon("n2", true);
    goes("web-1");
    cluster.advance(Duration.ofMinutes(1));

    assertThat(cluster.pod("shop", "web-2").facts().phase()).isEqualTo(PodPhase.PENDING);
    assertThat(cluster.pod("shop", "web-2").node()).isEmpty();
    cluster.cordon("n2", false);
    cluster.advance(Duration.ofSeconds(5));
    assertThat(on("n2")).containsExactly("web-2");
  }

  @Test
  @DisplayName("K01 a StatefulSet gives the name again, with another uid, once the old pod is gone")
  void aStatefulSetGivesTheNameAgain() {
    cluster.statefulSet("shop", "db", 1, pod -> pod.stopsIn(Duration.ofSeconds(10)), "n1");
    String uid = cluster.pod("shop", "db-0").uid();
    cluster.cordon("n1", true);
    goes("db-0");

    cluster.advance(Duration.ofSeconds(9));
    assertThat(cluster.pod("shop", "db-0").uid()).isEqualTo(uid);
    cluster.advance(Duration.ofSeconds(5));
    assertThat(cluster.pod("shop", "db-0").uid()).isNotEqualTo(uid);
    assertThat(on("n2")).containsExactly("db-0");
  }

  @Test
  @DisplayName("K05 a pod that tolerates everything comes back to the cordoned Node")
  void aPodThatToleratesEverythingComesBack() {
    cluster.replicaSet("shop", "web", 1, pod -> pod.toleratingEverything().pinnedTo("n1"), "n1");
    cluster.cordon("n1", true);
    goes("web-1");

    cluster.advance(Duration.ofSeconds(5));

    assertThat(on("n1")).containsExactly("web-2");
  }

  @Test
  void aDaemonSetComesBackToItsNodeAlthoughItIsCordoned() {
    cluster.daemonSet("apps/v1", "kube-system", "proxy", pod -> {});
    cluster.cordon("n1", true);
    cluster.evict("kube-system", "proxy-1", DeleteWish.PLAIN);

    cluster.advance(Duration.ofSeconds(5));

    assertThat(on("n1")).containsExactly("proxy-3");
    assertThat(on("n2")).containsExactly("proxy-2");
  }

  @Test
  void aJobThatIsDoneIsNotReplaced() {
    cluster.job("shop", "report", 1, pod -> {}, "n1");
    cluster.change("shop", "report-1", pod -> pod.phase(PodPhase.SUCCEEDED));
    cluster.advance(Duration.ofMinutes(1));

    assertThat(cluster.pods()).hasSize(1);
  }

  @Test
  void aPodWithoutAControllerDoesNotComeBack() {
    cluster.add(new PodFields("shop", "alone").on("n1"));
    goes("alone");
    cluster.advance(Duration.ofMinutes(1));

    assertThat(cluster.pods()).isEmpty();
  }

  @Test
  @DisplayName("K90 the pods of a Node that was deleted are collected")
  void collectsThePodsOfADeletedNode() {
    cluster.replicaSet("shop", "web", 1, pod -> {}, "n1");
    cluster.deleteNode("n1");
    cluster.advance(Duration.ofMinutes(1));

    assertThat(on("n1")).isEmpty();
    assertThat(on("n2")).containsExactly("web-2");
  }
}

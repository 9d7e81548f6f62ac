package io.drainwatch.drainer.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.model.ModelBudget.Spec;
import io.drainwatch.drainer.pods.PodPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The eviction subresource of the model answers as the real one. */
class EvictionApiTest {
  private static final Map<String, String> WEB = Map.of("app", "web");
  private final ModelCluster cluster = new ModelCluster(Instant.parse("2026-11-21T10:00:00Z"));

  EvictionApiTest() {
    cluster.addNode("n1");
    cluster.addNode("n2");
  }

  private void web(int replicas) {
    cluster.replicaSet("shop", "web", replicas, pod -> {}, "n1");
  }

  private ModelAnswer evict(String name) {
    return cluster.evict("shop", name, DeleteWish.PLAIN.ofUid(uid(name)));
  }

  private String uid(String name) {
    return cluster.pod("shop", name).uid();
  }

  private ModelBudget.State state() {
    return cluster.budget("shop", "web").state();
  }

  private static String cause(ModelAnswer answer) {
    return ((ModelAnswer.Said) answer).status().causes().getFirst().message();
  }

  private static String message(ModelAnswer answer) {
    return ((ModelAnswer.Said) answer).status().message();
  }

  @Test
  void deletesAPodWithoutABudgetAndAnswersASuccess() {
    web(1);

    ModelAnswer answer = evict("web-1");

    assertThat(answer.code()).isEqualTo(201);
    assertThat(answer).isInstanceOf(ModelAnswer.Said.class);
    assertThat(cluster.pod("shop", "web-1").isTerminating()).isTrue();
  }

  @Test
  void answers404ForAPodThatIsGone() {
    ModelAnswer answer = cluster.evict("shop", "web-1", DeleteWish.PLAIN);

    assertThat(answer.code()).isEqualTo(404);
    assertThat(message(answer)).isEqualTo("pods \"web-1\" not found");
  }

  @Test
  @DisplayName("K24 a budget that allows nothing answers 429 with its name and its numbers")
  void refusesWhereTheBudgetIsUsedUp() {
    web(3);
    cluster.addBudget("shop", "web", Spec.maxUnavailable(WEB, "0"));

    ModelAnswer answer = evict("web-1");

    assertThat(answer.code()).isEqualTo(429);
    assertThat(cause(answer))
        .isEqualTo("The disruption budget web needs 3 healthy pods and has 3 currently");
    assertThat(Gate.retryAfter(answer)).isEmpty();
    assertThat(cluster.pod("shop", "web-1").isTerminating()).isFalse();
  }

  @Test
  @DisplayName("K25 two budgets on a pod answer 500, whatever they allow")
  void refusesAPodOfTwoBudgets() {
    web(3);
    cluster.addBudget("shop", "web", Spec.maxUnavailable(WEB, "1"));
    cluster.addBudget("shop", "other", Spec.maxUnavailable(WEB, "1"));

    ModelAnswer answer = evict("web-1");

    assertThat(answer.code()).isEqualTo(500);
    assertThat(message(answer)).startsWith("This pod has more than one PodDisruptionBudget");
  }

  @Test
  @DisplayName("K26 a budget of 500 pods lets one go, and the next when a replacement is ready")
  void letsOneGoAtATime() {
    web(500);
    cluster.addBudget("shop", "web", Spec.maxUnavailable(WEB, "1"));

    assertThat(evict("web-1").code()).isEqualTo(201);
    assertThat(evict("web-2").code()).isEqualTo(429);
    cluster.advance(Duration.ofSeconds(2));
    assertThat(evict("web-2").code()).isEqualTo(429);
    cluster.advance(Duration.ofSeconds(2));
    assertThat(evict("web-2").code()).isEqualTo(201);
  }

  @Test
  @DisplayName("K27 a budget that its controller has not observed asks for 10 s")
  void asksForTenSecondsWhereTheBudgetIsBehind() {
    web(3);
    cluster.addBudget("shop", "web", Spec.maxUnavailable(WEB, "1"));
    cluster.pauseBudgets();
    cluster.changeBudget("shop", "web", Spec.maxUnavailable(WEB, "2"));
    cluster.advance(Duration.ofMinutes(5));

    ModelAnswer answer = evict("web-1");

    assertThat(answer.code()).isEqualTo(429);
    assertThat(cause(answer))
        .isEqualTo("The disruption budget web is still being processed by the server.");
    assertThat(Gate.retryAfter(answer)).contains("10");
    cluster.resumeBudgets();
    cluster.advance(Duration.ofSeconds(1));
    assertThat(evict("web-1").code()).isEqualTo(201);
  }

  @Test
  @DisplayName("K28 without the budget its pods go")
  void letsPodsGoOnceTheBudgetIsDeleted() {
    web(3);
    cluster.addBudget("shop", "web", Spec.maxUnavailable(WEB, "0"));
    cluster.deleteBudget("shop", "web");

    assertThat(evict("web-1").code()).isEqualTo(201);
  }

  @Test
  @DisplayName("K29 a budget that is loosened lets pods go a moment later")
  void letsPodsGoOnceTheBudgetIsLoosened() {
    web(3);
    cluster.addBudget("shop", "web", Spec.maxUnavailable(WEB, "0"));
    cluster.changeBudget("shop", "web", Spec.maxUnavailable(WEB, "1"));
    cluster.advance(Duration.ofSeconds(1));

    assertThat(evict("web-1").code()).isEqualTo(201);
  }

  @Test
  @DisplayName("K30 more than 2000 disrupted pods answer 403 about the budget")
  void refusesWhereTooManyAreDisrupted() {
    web(3);
    cluster.addBudget("shop", "web", Spec.maxUnavailable(WEB, "1"));
    cluster.pauseBudgets();
    Map<String, Instant> many = new TreeMap<>();
    for (int i = 0; i <= 2_000; i++) {
      many.put("gone-" + i, cluster.now());
    }
    cluster.forceState("shop", "web", new ModelBudget.State(1, 1, 3, 2, 3, many));

    ModelAnswer.Said answer = (ModelAnswer.Said) evict("web-1");

    assertThat(answer.code()).isEqualTo(403);
    assertThat(answer.status().kind()).isEqualTo("poddisruptionbudget");
    assertThat(answer.status().name()).isEqualTo("web");
    assertThat(answer.status().message()).contains("DisruptedPods map too big");
  }

  @Test
  @DisplayName("K30 a negative number of disruptions answers 403 about the budget")
  void refusesWhereTheBudgetIsNegative() {
    web(3);
    cluster.addBudget("shop", "web", Spec.maxUnavailable(WEB, "1"));
    cluster.pauseBudgets();
    cluster.forceState("shop", "web", new ModelBudget.State(1, -1, 3, 2, 3, Map.of()));

    assertThat(evict("web-1").code()).isEqualTo(403);
  }

  @Test
  @DisplayName("K31 another uid is found only after the budget was used; that heals in 2 min")
  void usesUpTheBudgetForAnotherUid() {
    web(3);
    cluster.addBudget("shop", "web", Spec.maxUnavailable(WEB, "1"));

    ModelAnswer answer = cluster.evict("shop", "web-1", DeleteWish.PLAIN.ofUid("another"));

    assertThat(answer.code()).isEqualTo(409);
    assertThat(message(answer)).contains("the UID in the precondition (another)");
    assertThat(state().disruptionsAllowed()).isZero();
    assertThat(evict("web-1").code()).isEqualTo(429);
    cluster.advance(Duration.ofSeconds(119));
    assertThat(state().disruptionsAllowed()).isZero();
    cluster.advance(Duration.ofSeconds(2));
    assertThat(state().disruptionsAllowed()).isEqualTo(1);
    assertThat(evict("web-1").code()).isEqualTo(201);
  }

  @Test
  @DisplayName("K09 a Pending pod goes without its budget being asked")
  void letsAPendingPodGo() {
    web(1);
    cluster.change("shop", "web-1", pod -> pod.phase(PodPhase.PENDING));
    cluster.addBudget("shop", "web", Spec.minAvailable(WEB, "1"));

    assertThat(evict("web-1").code()).isEqualTo(201);
  }

  @Test
  void letsAFinishedPodGoAtOnce() {
    web(1);
    cluster.change("shop", "web-1", pod -> pod.phase(PodPhase.SUCCEEDED));
    cluster.addBudget("shop", "web", Spec.minAvailable(WEB, "1"));

    assertThat(evict("web-1").code()).isEqualTo(201);
    assertThat(cluster.findPod("shop", "web-1")).isEmpty();
  }

  @Test
  @DisplayName("K15 an unready pod goes without using the budget while enough others are healthy")
  void letsAnUnreadyPodGoWhereTheOthersSuffice() {
    web(3);
    cluster.ready("shop", "web-1", false);
    cluster.addBudget("shop", "web", Spec.minAvailable(WEB, "2"));

    assertThat(state().disruptionsAllowed()).isZero();
    assertThat(evict("web-1").code()).isEqualTo(201);
  }

  @Test
  @DisplayName("K15 an unready pod is refused where too few are healthy, unless AlwaysAllow")
  void refusesAnUnreadyPodWhereTheOthersDoNotSuffice() {
    web(3);
    cluster.ready("shop", "web-1", false);
    Spec spec = Spec.minAvailable(WEB, "3");
    cluster.addBudget("shop", "web", spec);

    assertThat(evict("web-1").code()).isEqualTo(429);
    cluster.changeBudget("shop", "web", spec.alwaysAllowingUnhealthy());
    assertThat(evict("web-1").code()).isEqualTo(201);
  }

  @Test
  void aDryRunMakesTheSameChecksAndChangesNothing() {
    web(3);
    cluster.addBudget("shop", "web", Spec.maxUnavailable(WEB, "1"));
    DeleteWish onPaper = DeleteWish.PLAIN.ofUid(uid("web-1")).onPaper();

    assertThat(cluster.evict("shop", "web-1", onPaper).code()).isEqualTo(201);
    assertThat(cluster.evict("shop", "web-2", onPaper.ofUid(uid("web-2"))).code()).isEqualTo(201);
    assertThat(cluster.evict("shop", "web-1", onPaper.ofUid("another")).code()).isEqualTo(409);
    assertThat(state().disruptionsAllowed()).isEqualTo(1);
    assertThat(cluster.pod("shop", "web-1").isTerminating()).isFalse();
  }

  @Test
  void refusesInANamespaceThatGoes() {
    web(1);
    cluster.terminateNamespace("shop");

    ModelAnswer.Said answer = (ModelAnswer.Said) evict("web-1");

    assertThat(answer.code()).isEqualTo(403);
    assertThat(answer.status().causes().getFirst().reason()).isEqualTo("NamespaceTerminating");
    cluster.advance(Duration.ofSeconds(6));
    assertThat(cluster.findPod("shop", "web-1")).isEmpty();
  }

  @Test
  void perCentsAreRoundedUp() {
    web(7);
    cluster.addBudget("shop", "web", Spec.minAvailable(WEB, "50%"));
    assertThat(state().desiredHealthy()).isEqualTo(4);
    cluster.changeBudget("shop", "web", Spec.maxUnavailable(WEB, "30%"));
    cluster.advance(Duration.ofSeconds(1));
    assertThat(state().desiredHealthy()).isEqualTo(4);
    assertThat(state().disruptionsAllowed()).isEqualTo(3);
  }

  @Test
  void aPodThatTerminatesIsDeletedOnceMoreWithoutItsBudget() {
    cluster.replicaSet("shop", "web", 2, PodFields::hangs, "n1");
    cluster.addBudget("shop", "web", Spec.maxUnavailable(WEB, "1"));
    assertThat(evict("web-1").code()).isEqualTo(201);

    assertThat(evict("web-1").code()).isEqualTo(201);
    assertThat(cluster.pod("shop", "web-1").deletionGrace())
        .isEqualTo(Optional.of(Duration.ofSeconds(30)));
  }

  @Test
  void anotherUidOfAPodThatNeedsNoBudgetIsAnsweredAfterTenSeconds() {
    cluster.add(new PodFields("shop", "web-1").on("n1").phase(PodPhase.PENDING));

    ModelAnswer.Said answer =
        (ModelAnswer.Said) cluster.evict("shop", "web-1", DeleteWish.PLAIN.ofUid("another"));

    assertThat(answer.code()).isEqualTo(409);
    assertThat(answer.takes()).isEqualTo(Duration.ofSeconds(10));
    assertThat(
            ((ModelAnswer.Said)
                    cluster.evict(
                        "shop", "web-1", DeleteWish.PLAIN.ofUid("another").ofVersion("1")))
                .takes())
        .isZero();
  }

  @Test
  @DisplayName("K15 another uid of an unready pod that may go is answered as a budget behind")
  void anotherUidOfAnUnreadyPodLooksLikeABudgetThatIsBehind() {
    web(1);
    cluster.ready("shop", "web-1", false);
    cluster.addBudget("shop", "web", Spec.minAvailable(WEB, "1").alwaysAllowingUnhealthy());

    ModelAnswer answer = cluster.evict("shop", "web-1", DeleteWish.PLAIN.ofUid("another"));

    assertThat(answer.code()).isEqualTo(429);
    assertThat(Gate.retryAfter(answer)).contains("10");
    assertThat(cause(answer)).contains("still being processed");
  }

  @Test
  void theBudgetIsLookedAtBeforeTheUid() {
    web(1);
    cluster.addBudget("shop", "web", Spec.maxUnavailable(WEB, "0"));

    assertThat(cluster.evict("shop", "web-1", DeleteWish.PLAIN.ofUid("another")).code())
        .isEqualTo(429);
  }
}

package io.drainwatch.drainer.cluster;

import static io.drainwatch.drainer.fuzz.Fuzz.throwAt;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** L10: whatever the API server says of an object, every reader has an answer. */
class ReadersFuzzTest {
  private static final String NODE =
      """
      {"kind":"Node","metadata":{"name":"n1","uid":"u1","resourceVersion":"5","labels":{"a":"b"},
       "annotations":{"drainwatch.io/maintenance":"{}"},"creationTimestamp":"2026-02-02T09:00:00Z"},
       "spec":{"providerID":"azure:///x/virtualMachines/vm-1","unschedulable":true,
        "taints":[{"key":"k","value":"v","effect":"NoSchedule"}]},
       "status":{"nodeInfo":{"bootID":"b"},"conditions":[{"type":"Ready","status":"True",
        "reason":"r","message":"m","lastTransitionTime":"2026-02-02T09:00:00Z"},
        {"type":"VMEventScheduled","status":"True"}]}}""";

  private static final String SET =
      """
      {"kind":"StatefulSet","metadata":{"name":"db","namespace":"shop","uid":"s1","resourceVersion":"9",
       "finalizers":["drainwatch.io/scaledown"],"deletionTimestamp":"2026-02-02T09:00:00Z",
       "annotations":{"drainwatch.io/scaledown-pod-template":"{\\"spec\\":{\\"containers\\":[]}}",
        "drainwatch.io/scaledown-attempts":"2=3,4=1"}},
       "spec":{"replicas":3,"ordinals":{"start":1},"podManagementPolicy":"Parallel",
        "selector":{"matchLabels":{"app":"db"},"matchExpressions":[{"key":"k","operator":"In","values":["v"]}]},
        "persistentVolumeClaimRetentionPolicy":{"whenScaled":"Retain","whenDeleted":"Delete"},
        "volumeClaimTemplates":[{"metadata":{"name":"data"}}],
        "template":{"spec":{"tolerations":[{"operator":"Exists"}],"nodeSelector":{"a":"b"}}}}}""";

  private static final String CLAIM =
      """
      {"kind":"PersistentVolumeClaim","metadata":{"name":"data-db-2","namespace":"shop","uid":"c1",
       "resourceVersion":"3","labels":{"app":"db"},"deletionTimestamp":"2026-02-02T09:00:00Z",
       "ownerReferences":[{"kind":"StatefulSet","name":"db","uid":"s1"}]},"status":{"phase":"Bound"}}""";

  private static final String BUDGET =
      """
      {"kind":"PodDisruptionBudget","metadata":{"name":"b","namespace":"shop","generation":2},
       "spec":{"selector":{"matchLabels":{"app":"web"}},"minAvailable":"50%"},
       "status":{"observedGeneration":2,"disruptionsAllowed":1,"currentHealthy":3,"desiredHealthy":2,
        "expectedPods":4}}""";

  private static final String LEASE =
      """
      {"kind":"Lease","metadata":{"name":"drainwatch","namespace":"d","resourceVersion":"7"},
       "spec":{"holderIdentity":"a","leaseDurationSeconds":15,"acquireTime":"2026-02-02T09:00:00.000000Z",
        "renewTime":"2026-02-02T09:00:05.000000Z","leaseTransitions":3}}""";

  private static final String STATUS =
      """
      {"kind":"Status","status":"Failure","reason":"TooManyRequests","code":429,"message":"Cannot evict",
       "details":{"retryAfterSeconds":10,"causes":[{"reason":"DisruptionBudget","message":"needs 2"}]}}""";

  @Test
  @DisplayName(
      "L10 pods, Nodes, sets, claims, budgets, leases, refusals: an answer, never an exception")
  void hasAnAnswerToEverything() {
    throwAt(
        List.of(ReadersTest.POD, NODE, SET, CLAIM, BUDGET, LEASE, STATUS),
        bytes -> ApiJson.read(bytes).ifPresent(ReadersFuzzTest::readAsEverything));
  }

  private static void readAsEverything(JsonNode json) {
    PodReader.read(json);
    OrdinalPodReader.read(json);
    NodeReader.read(json);
    NodeStandingReader.read(json);
    SetReader.read(json);
    ClaimReader.read(json);
    BudgetReader.read(json);
    StatusReader.read(json);
    if (LeaseJson.isLease(json)) {
      LeaseJson.read(json);
    }
  }
}

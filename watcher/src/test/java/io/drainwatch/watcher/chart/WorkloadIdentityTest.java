package io.drainwatch.watcher.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What Azure's webhook goes by stands on who asks Azure, and on nobody else. */
class WorkloadIdentityTest {
  private static final String ID = "00000000-0000-0000-0000-00000000000b";
  private static final String TENANT = "00000000-0000-0000-0000-00000000000a";
  private static final String FACTS = "config.context.resource-manager";

  @BeforeAll
  static void needsHelm() {
    Chart.assumeHelm();
  }

  private static Values on() {
    return Values.least()
        .with("azure.workloadIdentity.enabled", true)
        .with("azure.workloadIdentity.clientId", ID);
  }

  static boolean isMarked(PodTemplateSpec pod) {
    return "true".equals(pod.getMetadata().getLabels().get("azure.workload.identity/use"));
  }

  static boolean isMarked(ServiceAccount account) {
    return annotations(account).containsKey("azure.workload.identity/client-id");
  }

  private static Map<String, String> annotations(ServiceAccount account) {
    return Optional.of(account.getMetadata()).map(ObjectMeta::getAnnotations).orElse(Map.of());
  }

  private static ServiceAccount account(Manifests manifests, String part) {
    return manifests
        .all(ServiceAccount.class)
        .filter(each -> each.getMetadata().getName().endsWith("-" + part))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void isNowhereByDefault() {
    Manifests manifests = Chart.render(Values.least());

    assertThat(manifests.pods()).noneMatch(WorkloadIdentityTest::isMarked);
    assertThat(manifests.all(ServiceAccount.class)).noneMatch(WorkloadIdentityTest::isMarked);
  }

  @Test
  void isTheDrainersAlone() {
    Manifests manifests = Chart.render(on().with("azure.workloadIdentity.tenantId", TENANT));

    assertThat(annotations(account(manifests, "drainer")))
        .containsOnly(
            entry("azure.workload.identity/client-id", ID),
            entry("azure.workload.identity/tenant-id", TENANT));
    assertThat(isMarked(manifests.drainer())).isTrue();
    assertThat(isMarked(account(manifests, "watcher"))).isFalse();
    assertThat(isMarked(manifests.watcher())).isFalse();
  }

  @Test
  void isTheWatchersTooWhereItAsksForFacts() {
    Manifests manifests = Chart.render(on().with(FACTS, true));

    assertThat(annotations(account(manifests, "watcher")))
        .containsOnly(entry("azure.workload.identity/client-id", ID));
    assertThat(isMarked(manifests.watcher())).isTrue();
  }

  @Test
  void whoHasOneMayGoWhereItIsShown() {
    Values closed =
        on().with("networkPolicy.enabled", true)
            .with("networkPolicy.apiServer.cidrs", java.util.List.of("10.0.0.1/32"));

    assertThat(leaves(Chart.render(closed), "drainer")).isTrue();
    assertThat(leaves(Chart.render(closed), "watcher")).isFalse();
    assertThat(leaves(Chart.render(closed.with(FACTS, true)), "watcher")).isTrue();
    assertThat(
            leaves(Chart.render(closed.with("azure.workloadIdentity.enabled", false)), "drainer"))
        .isFalse();
  }

  @Test
  void whoAsksAsTheNodesIdentityMayReachWhoGivesItsTokensAndAzure() {
    Values closed =
        Values.least()
            .with("networkPolicy.enabled", true)
            .with("networkPolicy.apiServer.cidrs", List.of("10.0.0.1/32"))
            .with("networkPolicy.apiServer.ports", List.of(6443));
    assertThat(asksForTokens(Chart.render(closed))).isFalse();
    assertThat(leaves(Chart.render(closed), "drainer")).isFalse();

    Manifests asking = Chart.render(closed.with("azure.enabled", true));
    assertThat(asksForTokens(asking)).isTrue();
    assertThat(leaves(asking, "drainer")).isTrue();
    assertThat(leaves(asking, "watcher")).isFalse();

    Manifests asThePod =
        Chart.render(
            closed
                .with("azure.enabled", true)
                .with("azure.workloadIdentity.enabled", true)
                .with("azure.workloadIdentity.clientId", ID));
    assertThat(asksForTokens(asThePod)).as("its tokens come from elsewhere").isFalse();
    assertThat(leaves(asThePod, "drainer")).isTrue();
  }

  /** Whether the drainer may reach the metadata service, where a VM's tokens are given out. */
  private static boolean asksForTokens(Manifests manifests) {
    return egress(manifests, "drainer")
        .filter(
            each ->
                each.getTo().stream()
                    .anyMatch(to -> to.getIpBlock().getCidr().equals("169.254.169.254/32")))
        .flatMap(each -> each.getPorts().stream())
        .anyMatch(port -> Integer.valueOf(80).equals(port.getPort().getIntVal()));
  }

  private static Stream<NetworkPolicyEgressRule> egress(Manifests manifests, String part) {
    NetworkPolicy policy =
        manifests
            .all(NetworkPolicy.class)
            .filter(each -> each.getMetadata().getName().endsWith("-" + part))
            .findFirst()
            .orElseThrow();
    return policy.getSpec().getEgress().stream();
  }

  /** Whether port 443 of any address may be reached. */
  private static boolean leaves(Manifests manifests, String part) {
    Stream<NetworkPolicyEgressRule> anywhere =
        egress(manifests, part).filter(each -> each.getTo().isEmpty());
    return anywhere
        .flatMap(each -> each.getPorts().stream())
        .anyMatch(port -> Integer.valueOf(443).equals(port.getPort().getIntVal()));
  }

  @Test
  void isRefusedWhereItWouldBeInVain() {
    assertThat(Chart.refusal(Values.least().with("azure.workloadIdentity.enabled", true)))
        .hasValueSatisfying(why -> assertThat(why).contains("clientId is empty"));
    assertThat(Chart.refusal(on().with("form", "agent")))
        .hasValueSatisfying(why -> assertThat(why).contains("has nobody to serve"));
    assertThat(Chart.refusal(on().with("form", "agent").with(FACTS, true))).isEmpty();
    assertThat(Chart.refusal(on().with("config.azure.credential", "auto")))
        .hasValueSatisfying(why -> assertThat(why).contains("config.azure.credential is set"));
    assertThat(Chart.refusal(on().with("azure.workloadIdentity.clientId", "me"))).isPresent();
  }
}

package io.drainwatch.watcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.drainer.model.Fault;
import io.drainwatch.drainer.model.ModelBudget;
import io.drainwatch.drainer.model.ModelRequest;
import io.drainwatch.drainer.model.PodFields;
import io.drainwatch.drainer.model.Verb;
import io.drainwatch.drainer.pods.VolumeKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the model of a cluster behind a socket. */
class DrainPreviewTest {
  private static final String CRITICAL = "system-cluster-critical";

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

  private void pod(PodFields pod) {
    cluster.server.with(it -> it.add(pod.on("n1")));
  }

  private void web() {
    cluster.server.with(
        it -> it.replicaSet("shop", "web", 2, pod -> pod.labelled("app", "web"), "n1"));
  }

  private void budget(String name, String app, String mostUnavailable) {
    cluster.server.with(
        it ->
            it.addBudget(
                "shop",
                name,
                ModelBudget.Spec.maxUnavailable(Map.of("app", app), mostUnavailable)));
  }

  private List<Object> stored() {
    return cluster.server.with(
        it -> Stream.<Object>concat(it.pods().stream(), it.budgets().stream()).toList());
  }

  private Tool.Result preview(String... more) {
    List<String> words =
        new ArrayList<>(List.of("drain", "n1", "--dry-run", "--kubeconfig", kubeconfig.toString()));
    words.addAll(List.of(more));
    return tool.run(words.toArray());
  }

  private static JsonNode pod(Tool.Result result, String prefix) {
    return StreamSupport.stream(result.json().path("pods").spliterator(), false)
        .filter(each -> each.path("name").asText().startsWith(prefix))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void saysThatAllCouldGoAndChangesNothing() {
    web();
    budget("web", "web", "1");
    cluster.server.with(it -> it.daemonSet("apps/v1", "kube-system", "proxy", pod -> {}));
    List<Object> before = stored();

    Tool.Result result = preview();

    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isEqualTo(ExitCode.OK);
    assertThat(result.out())
        .startsWith("Node n1, not cordoned: 3 pods, 2 to be evicted. Nothing is changed.\n")
        .containsPattern("ORDER +POD +DECISION +ANSWER +REASON")
        .containsPattern("1 +shop/web-\\S+ +evict +allowed +is to go")
        .containsPattern("- +kube-system/proxy-\\S+ +ignore +not asked +belongs to a daemon")
        .contains("All that have to go could go.");
    assertThat(stored()).isEqualTo(before);
    assertThat(cluster.server.requests(Verb.EVICT))
        .hasSize(2)
        .extracting(ModelRequest::body)
        .allSatisfy(body -> assertThat(body).contains("\"dryRun\":[\"All\"]", "\"uid\":"));
    assertThat(cluster.server.requests(Verb.PATCH_NODE)).isEmpty();
  }

  @Test
  void obeysConfiguredRulesButNotOverWhatIsNeverOverridden() throws IOException {
    pod(new PodFields("shop", "queue").labelled("app", "queue"));
    pod(
        new PodFields("shop", "mine")
            .labelled("app", "queue")
            .labelled("drainwatch.io/drain", "skip"));
    pod(new PodFields("shop", "other"));
    Path config =
        tool.file(
            "rules.yml",
            """
            drainwatch:
              kubernetes:
                pod-rules:
                  - {name: queues, labels: "app in (queue)", behaviour: hold}
                  - {namespaces: [shop], behaviour: skip}
            """);

    Tool.Result result = preview("--config", config.toString(), "--output", "json");

    assertThat(pod(result, "queue").path("decision").asText()).isEqualTo("hold");
    assertThat(pod(result, "queue").path("text").asText()).contains("queues");
    assertThat(pod(result, "mine").path("decision").asText()).isEqualTo("ignore");
    assertThat(pod(result, "mine").path("text").asText()).contains("label");
    assertThat(pod(result, "other").path("text").asText()).contains("pod-rules[1]");
  }

  @Test
  void k24NamesTheBudgetThatWouldRefuseAndThoseOnHold() {
    web();
    budget("strict", "web", "0");
    pod(new PodFields("shop", "held").annotated("drainwatch.io/do-not-evict", "true"));
    pod(new PodFields("shop", "alone"));
    pod(new PodFields("kube-system", "dns").priority(2_000_000_000, CRITICAL));

    Tool.Result text = preview();
    assertThat(text.code()).isEqualTo(ExitCode.FAILED);
    assertThat(text.out())
        .containsPattern("shop/web-\\S+ +evict +blocked by shop/strict: ")
        .containsPattern("- +shop/held +hold +not asked +is not to be evicted")
        .contains("3 pods hold the drain up");

    Tool.Result result = preview("--output", "json");
    assertThat(result.code()).isEqualTo(ExitCode.FAILED);
    assertThat(result.json().path("clear").asBoolean()).isFalse();
    assertThat(result.json().path("holdingUp").asInt()).isEqualTo(3);
    assertThat(pod(result, "web").at("/answer/word").asText()).isEqualTo("blocked");
    assertThat(pod(result, "web").at("/answer/by").asText()).isEqualTo("shop/strict");
    assertThat(pod(result, "held").path("decision").asText()).isEqualTo("hold");
    assertThat(pod(result, "held").has("order")).isFalse();
    assertThat(pod(result, "alone").path("warning").asText()).isNotEmpty();
    assertThat(pod(result, "alone").at("/answer/word").asText()).isEqualTo("allowed");
    // the tier of the critical opens when all others are gone
    assertThat(pod(result, "dns").path("order").asInt()).isEqualTo(4);
    assertThat(pod(result, "dns").path("tier").asInt()).isEqualTo(2);
  }

  @Test
  void saysPerPodThatTheRightIsMissingAndAsksOncePerNamespace() {
    web();
    cluster.server.faults().forever(Verb.EVICT, Fault.FORBIDDEN);

    Tool.Result result = preview();

    assertThat(result.code()).isEqualTo(ExitCode.FAILED);
    assertThat(result.out().lines().filter(line -> line.contains("no right to create"))).hasSize(2);
    assertThat(cluster.evictions()).isEqualTo(1);
  }

  @Test
  void asksNoMoreWhenTheServerIsSilent() {
    cluster.server.with(it -> it.replicaSet("shop", "web", 6, pod -> {}, "n1"));
    cluster.server.faults().forever(Verb.EVICT, Fault.RESET_BEFORE);

    Tool.Result result = preview();

    assertThat(result.code()).isEqualTo(ExitCode.FAILED);
    assertThat(result.out()).contains("unknown: not asked, as the server answers no more");
    assertThat(cluster.evictions()).isEqualTo(3);
  }

  @Test
  void aServerWithoutEvictionsHoldsTheDrainUp() {
    web();
    cluster.server.faults().forever(Verb.EVICT, Fault.NOT_ALLOWED);

    Tool.Result result = preview();

    assertThat(result.code()).isEqualTo(ExitCode.FAILED);
    assertThat(result.out()).contains("blocked: the server knows no evictions");
  }

  @Test
  void putsPodsWithVolumesLastInTheirTierAlsoWhenTheyGoOneByOne() {
    pod(new PodFields("shop", "a-disk").volume("data", VolumeKind.CLAIM));
    pod(new PodFields("shop", "b-disk").volume("data", VolumeKind.CLAIM));
    pod(new PodFields("shop", "c-plain"));
    pod(new PodFields("kube-system", "dns").priority(2_000_000_000, CRITICAL));
    Path file =
        tool.configuration(
            Tool.NOBODYS_PORT,
            "http://127.0.0.1:1",
            "  kubernetes:",
            "    eviction:",
            "      volumes-one-by-one: true");

    Tool.Result result = preview("--output", "json", "--config", file.toString());

    assertThat(result.code()).isEqualTo(ExitCode.OK);
    assertThat(result.json().path("pods").findValuesAsText("name"))
        .containsExactly("c-plain", "a-disk", "b-disk", "dns");
  }

  @Test
  void tellsTheWebhookThatWouldRefuse() {
    web();
    cluster.server.faults().forever(Verb.EVICT, Fault.WEBHOOK);

    assertThat(preview().out()).contains("blocked by guard.example.com");
  }

  @Test
  void goesByWhatIsConfigured() {
    pod(new PodFields("shop", "alone"));
    Path file =
        tool.configuration(
            Tool.NOBODYS_PORT,
            "http://127.0.0.1:1",
            "  kubernetes:",
            "    eviction:",
            "      unmanaged: block");

    Tool.Result result = preview("--config", file.toString());

    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isEqualTo(ExitCode.FAILED);
    assertThat(result.out()).containsPattern("shop/alone +hold +not asked");
    assertThat(cluster.evictions()).isZero();
  }

  @Test
  void anEmptyNodeIsClear() {
    Tool.Result result = preview();

    assertThat(result.code()).isEqualTo(ExitCode.OK);
    assertThat(result.out()).contains("0 pods, 0 to be evicted", "Nothing has to go.");
  }

  @Test
  void aNodeThatIsNotThereIsAFailureAndASilentClusterAnother() {
    Tool.Result absent = tool.run("drain", "n9", "--dry-run", "--kubeconfig", kubeconfig);
    assertThat(absent.code()).isEqualTo(ExitCode.FAILED);
    assertThat(absent.err()).isEqualTo("The cluster has no Node n9.\n");

    cluster.close();
    Tool.Result silent = preview();
    assertThat(silent.code()).isEqualTo(ExitCode.NO_DAEMON);
    assertThat(silent.out()).isEmpty();
    assertThat(silent.err()).startsWith("The Node cannot be read: ");
  }

  @Test
  void refusesANodeWithoutDryRunAndSaysWhatToUseInstead() {
    Tool.Result result = tool.run("drain", "n1", "--kubeconfig", kubeconfig);

    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err())
        .contains("--dry-run", "kubectl drain", "drainwatch rehearse --node", "nothing was done");
    assertThat(cluster.server.requests()).isEmpty();
  }

  @Test
  void refusesWhatDoesNotGoTogether() {
    assertThat(tool.run("drain", "--dry-run").code()).isEqualTo(ExitCode.USAGE);
    assertThat(tool.run("drain", "--kubeconfig", kubeconfig).code()).isEqualTo(ExitCode.USAGE);
    assertThat(preview("--wait").code()).isEqualTo(ExitCode.USAGE);
    assertThat(preview("--within", "1m").code()).isEqualTo(ExitCode.USAGE);
    assertThat(tool.run("drain", "n1", "--dry-run", "--kubeconfig", "/nowhere/kubeconfig").code())
        .isEqualTo(ExitCode.USAGE);
    assertThat(cluster.server.requests()).isEmpty();
  }
}

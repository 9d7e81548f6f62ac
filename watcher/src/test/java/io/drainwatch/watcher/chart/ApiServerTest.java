package io.drainwatch.watcher.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.watcher.chart.ApiServer.Answer;
import io.drainwatch.watcher.chart.VerbTable.Option;
import io.drainwatch.watcher.chart.VerbTable.Subject;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The chart's roles and its admission policy in a real API server. Nothing is started there: of the
 * workloads it is only asked whether it would take them, and the pods are on Nodes that are none.
 */
@Timeout(120)
@Tag("cluster")
class ApiServerTest {
  private static final Set<String> RULES =
      Set.of(
          "ServiceAccount",
          "Role",
          "RoleBinding",
          "ClusterRole",
          "ClusterRoleBinding",
          "ValidatingAdmissionPolicy",
          "ValidatingAdmissionPolicyBinding");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String mark = "dwt-" + UUID.randomUUID().toString().substring(0, 8);
  private final String ours = mark + "-ours";
  private final String other = mark + "-other";
  private ApiServer server;

  @BeforeEach
  void makeNameSpaceAndNodes() {
    Chart.assumeHelm();
    server = ApiServer.ofEnvironment();
    make("v1", "Namespace", mark, Map.of(), Map.of());
    for (String node : List.of(ours, other)) {
      Map<String, Object> metadata =
          Map.of("labels", Map.of("kept", "yes"), "annotations", Map.of("kept", "yes"));
      make("v1", "Node", node, metadata, Map.of("spec", Map.of("unschedulable", false)));
    }
  }

  @AfterEach
  void deleteAll() {
    if (server != null) {
      server.close();
    }
  }

  private void make(
      String version,
      String kind,
      String name,
      Map<String, Object> metadata,
      Map<String, Object> rest) {
    Map<String, Object> all = new HashMap<>(rest);
    Map<String, Object> head = new HashMap<>(metadata);
    head.put("name", name);
    all.putAll(Map.of("apiVersion", version, "kind", kind, "metadata", head));
    JsonNode manifest = ApiServer.tree(all);
    server.make(ApiServer.collection(manifest), manifest);
  }

  private Manifests install(Values values) {
    Manifests manifests = Chart.render(values, mark, mark, Chart.KUBERNETES);
    manifests.raw().stream()
        .filter(each -> RULES.contains(each.path("kind").asText()))
        .forEach(each -> server.make(ApiServer.collection(each), each));
    return manifests;
  }

  private String account() {
    return mark + "-drainwatch-watcher";
  }

  private void pod(String name, String node) {
    make(
        "v1",
        "Pod",
        name,
        Map.of("namespace", mark),
        Map.of(
            "spec",
            Map.of(
                "serviceAccountName",
                account(),
                "nodeName",
                node,
                "containers",
                List.of(Map.of("name", "none", "image", "registry.invalid/none")))));
  }

  /** Of a watcher that runs on that Node, as its kubelet gets it. */
  private ApiServer watcherOn(String node) {
    String pod = "watcher-" + node;
    pod(pod, node);
    return tokenBoundTo(Map.of("kind", "Pod", "apiVersion", "v1", "name", pod));
  }

  private ApiServer tokenBoundTo(Map<String, String> object) {
    Map<String, Object> spec = object.isEmpty() ? Map.of() : Map.of("boundObjectRef", object);
    Answer answer =
        server
            .post(
                "/api/v1/namespaces/%s/serviceaccounts/%s/token".formatted(mark, account()),
                Map.of(
                    "apiVersion", "authentication.k8s.io/v1",
                    "kind", "TokenRequest",
                    "spec", spec))
            .mustBe(201);
    return server.withToken(answer.body().path("status").path("token").asText());
  }

  private static Map<String, Object> annotation(String key, Object value) {
    return Map.of("metadata", Map.of("annotations", Collections.singletonMap(key, value)));
  }

  private static final Map<String, Object> OBSERVATION =
      annotation("drainwatch.io/observation", "{}");

  private static String node(String name) {
    return "/api/v1/nodes/" + name;
  }

  /** Roles and policies count some moments after they were made. */
  private void awaitTheRules(ApiServer watcher) {
    await()
        .atMost(PATIENCE)
        .until(() -> watcher.patch(node(ours) + "?dryRun=All", OBSERVATION).code() == 200);
    await()
        .atMost(PATIENCE)
        .until(() -> watcher.patch(node(other) + "?dryRun=All", OBSERVATION).code() == 403);
  }

  private static void isRefused(Answer answer, String why) {
    assertThat(answer.code()).as(answer.body().toString()).isEqualTo(403);
    assertThat(answer.message()).contains("ValidatingAdmissionPolicy").contains(why);
  }

  @Test
  @DisplayName("K91 controller: a watcher writes its observation on its own Node, and nothing else")
  void holdsAWatcherOfFormControllerToItsObservation() {
    install(Values.least());
    try (ApiServer watcher = watcherOn(ours);
        ApiServer stranger = tokenBoundTo(Map.of())) {
      awaitTheRules(watcher);

      watcher.patch(node(ours), OBSERVATION).mustBe(200);
      isRefused(watcher.patch(node(other), OBSERVATION), "its own Node only");
      isRefused(stranger.patch(node(ours), OBSERVATION), "does not say on which Node");
      isRefused(watcher.patch(node(ours), annotation("kept", "no")), "no annotation");
      isRefused(watcher.patch(node(ours), annotation("kept", null)), "no annotation");
      isRefused(
          watcher.patch(node(ours), annotation("drainwatch.io/maintenance", "{}")),
          "no annotation");
      isRefused(
          watcher.patch(node(ours), Map.of("metadata", Map.of("labels", Map.of("kept", "no")))),
          "labels");
      isRefused(
          watcher.patch(node(ours), Map.of("metadata", Map.of("finalizers", List.of("a.b/c")))),
          "finalizers");
      isRefused(
          watcher.patch(node(ours), Map.of("spec", Map.of("unschedulable", true))), "the spec");
      isRefused(
          watcher.patch(
              node(ours),
              Map.of("spec", Map.of("taints", List.of(Map.of("key", "a", "effect", "NoExecute"))))),
          "the spec");
      assertThat(watcher.patch(node(ours) + "/status", Map.of("status", Map.of())).code())
          .as("by its role")
          .isEqualTo(403);
      watcher.patch(node(ours), annotation("drainwatch.io/observation", null)).mustBe(200);
    }
  }

  @Test
  @DisplayName("K91 agent: a watcher changes its own Node, and deletes pods of its own Node")
  void holdsAWatcherOfFormAgentToItsNode() {
    install(Values.least().with("form", "agent"));
    pod("here", ours);
    pod("there", other);
    Map<String, Object> cordon = Map.of("spec", Map.of("unschedulable", true));
    Map<String, Object> condition =
        Map.of(
            "status",
            Map.of("conditions", List.of(Map.of("type", "DrainInProgress", "status", "True"))));
    String pods = "/api/v1/namespaces/" + mark + "/pods/";
    try (ApiServer watcher = watcherOn(ours);
        ApiServer stranger = tokenBoundTo(Map.of())) {
      awaitTheRules(watcher);

      watcher.patch(node(ours), cordon).mustBe(200);
      watcher.patch(node(ours) + "/status", condition).mustBe(200);
      isRefused(watcher.patch(node(other), cordon), "its own Node only");
      isRefused(watcher.patch(node(other) + "/status", condition), "its own Node only");
      isRefused(stranger.patch(node(ours), cordon), "does not say on which Node");
      isRefused(watcher.delete(pods + "there", Map.of()), "pods of its own Node only");
      isRefused(stranger.delete(pods + "here", Map.of()), "does not say on which Node");
      watcher.delete(pods + "here", Map.of("gracePeriodSeconds", 1)).mustBe(200, 202);
    }
  }

  @Test
  void leavesEverybodyElseAlone() {
    install(Values.least());
    try (ApiServer watcher = watcherOn(ours)) {
      awaitTheRules(watcher);

      server.patch(node(other), Map.of("spec", Map.of("unschedulable", true))).mustBe(200);
    }
  }

  @Test
  @DisplayName("L6 the API server allows each account what the verb table allows it")
  void allowsWhatTheTableSays() {
    for (String form : List.of("controller", "agent")) {
      for (Set<Option> options :
          List.of(EnumSet.noneOf(Option.class), EnumSet.allOf(Option.class))) {
        String release = form.charAt(0) + "" + options.size();
        Chart.render(Option.values(form, options), release, mark, Chart.KUBERNETES).raw().stream()
            .filter(each -> RULES.contains(each.path("kind").asText()))
            .forEach(each -> server.make(ApiServer.collection(each), each));
        Stream.of(Subject.values())
            .filter(subject -> subject.form.equals(form))
            .forEach(subject -> allows(release, subject, options));
      }
    }
  }

  private void allows(String release, Subject subject, Set<Option> options) {
    String user =
        "system:serviceaccount:%s:%s-drainwatch-%s"
            .formatted(mark, release, subject.component.toLowerCase(Locale.ROOT));
    // what is allowed first: once it is, the roles count, and a refusal means something
    VerbTable.rows().stream()
        .sorted(Comparator.comparing(row -> !row.allows(subject, options)))
        .forEach(
            row ->
                await("%s %s %s".formatted(subject, options, row))
                    .atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .until(() -> isAllowed(user, row.verb()) == row.allows(subject, options)));
  }

  private boolean isAllowed(String user, VerbTable.Verb verb) {
    String[] parts = verb.resource().split("/");
    boolean ofCore = List.of("nodes", "pods").contains(parts[0]);
    String resource = ofCore ? parts[0] : parts[1];
    Map<String, String> asked = new HashMap<>();
    asked.put("group", ofCore ? "" : parts[0]);
    asked.put("resource", resource);
    asked.put("subresource", ofCore && parts.length > 1 ? parts[1] : "");
    asked.put("verb", verb.verb());
    if (resource.equals("leases")) {
      asked.put("namespace", mark);
      asked.put("name", "drainwatch-drainer");
    } else if (resource.equals("events")) {
      asked.put("namespace", "default");
    }
    return server
        .post(
            "/apis/authorization.k8s.io/v1/subjectaccessreviews",
            Map.of(
                "apiVersion", "authorization.k8s.io/v1",
                "kind", "SubjectAccessReview",
                "spec", Map.of("user", user, "resourceAttributes", asked)))
        .mustBe(201)
        .body()
        .path("status")
        .path("allowed")
        .asBoolean();
  }

  /** Also what the model does not know: required fields, allowed words, expressions. */
  @Test
  @DisplayName("L6 the API server takes every object as it is, with unknown fields refused")
  void takesEveryObject() {
    Switches.all()
        .filter(each -> each.monitoring().equals("none") || each.hostNetwork())
        .filter(each -> each.admissionPolicy() && each.networkPolicy())
        .map(each -> Chart.render(each.values(), mark, mark, Chart.KUBERNETES))
        .flatMap(manifests -> manifests.raw().stream())
        .filter(each -> !StrictModel.isMonitor(each))
        // a name space that is not there; the same roles are in ours too
        .filter(each -> !each.path("metadata").path("namespace").asText().equals("shop"))
        .distinct()
        .forEach(
            each ->
                server
                    .post(ApiServer.collection(each) + "?dryRun=All&fieldValidation=Strict", each)
                    .mustBe(201));
  }
}

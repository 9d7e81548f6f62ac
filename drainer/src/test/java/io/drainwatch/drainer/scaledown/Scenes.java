package io.drainwatch.drainer.scaledown;

import io.drainwatch.drainer.pods.LabelSelector;
import io.drainwatch.drainer.pods.PodPhase;
import io.drainwatch.drainer.scaledown.SetFacts.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sets, claims and pods as tests need them. */
final class Scenes {
  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  static final String SPACE = "shop";
  static final String TEMPLATE =
      """
      {"metadata":{"labels":{"app":"db-cleanup"}},"spec":{"containers":[{"name":"c","image":"i",
      "volumeMounts":[{"name":"data","mountPath":"/data"}]}]}}\
      """;

  private Scenes() {}

  static SetBuilder aSet() {
    return new SetBuilder();
  }

  static ClaimFacts claim(String name) {
    return new ClaimFacts(
        SPACE, name, "uid-of-" + name, "1", false, false, NOW.minus(Duration.ofDays(1)));
  }

  static List<ClaimFacts> claims(String... names) {
    return List.of(names).stream().map(Scenes::claim).toList();
  }

  static PodBuilder aPod(String name) {
    return new PodBuilder(name);
  }

  static Surroundings around(List<ClaimFacts> claims, OrdinalPod... pods) {
    return new Surroundings(claims, List.of(pods), List.of(), false);
  }

  /** What a pod that is made now would tell. */
  static String madeFrom(SetFacts set) {
    return ((CleanupPodJson.Reading.Usable) CleanupPodJson.read(set)).pods().madeFrom().text();
  }

  static Plan plan(SetFacts set, List<ClaimFacts> claims, OrdinalPod... pods) {
    return ScaleDown.plan(set, around(claims, pods), NOW);
  }

  /** What is asked of the server, one line each, as {@code create db-2}. */
  static List<String> requests(Plan plan) {
    return plan.actions().stream()
        .flatMap(
            each ->
                switch (each) {
                  case Action.PatchFinalizers patch ->
                      List.of(patch.adds() ? "hold" : "let go").stream();
                  case Action.RecordAttempts record ->
                      List.of("record " + record.attempts().text()).stream();
                  case Action.CreatePod create ->
                      List.of("create " + create.name() + " " + create.attempt()).stream();
                  case Action.DeleteClaim delete ->
                      List.of("delete claim " + delete.claim().name()).stream();
                  case Action.DeletePod delete ->
                      List.of("delete pod " + delete.pod().name() + " " + delete.because())
                          .stream();
                  case Action.Say _ -> List.<String>of().stream();
                })
        .toList();
  }

  static List<Notice> notices(Plan plan) {
    return plan.words().stream().map(Action.Say::notice).toList();
  }

  /** Of OrderedReady, with one claim template {@code data}, held by our finalizer. */
  static final class SetBuilder {
    private String name = "db";
    private String uid = "uid-of-set";
    private Optional<SetFacts.Template> template =
        Optional.of(new SetFacts.Template(TEMPLATE, false));
    private boolean leftAlone;
    private List<String> finalizers = List.of(ScaleDownKeys.SCALE_DOWN);
    private boolean terminating;
    private int start;
    private int replicas = 1;
    private boolean parallel;
    private Retention retention = Retention.RETAIN;
    private Optional<LabelSelector> selector =
        Optional.of(new LabelSelector(Map.of("app", "db"), List.of()));
    private List<String> claimTemplates = List.of("data");
    private Map<String, String> defaults = Map.of();
    private Attempts attempts = Attempts.NONE;

    SetBuilder attempts(String text) {
      attempts = Attempts.of(text);
      return this;
    }

    SetBuilder named(String given) {
      name = given;
      return this;
    }

    SetBuilder uid(String given) {
      uid = given;
      return this;
    }

    SetBuilder template(String text) {
      template = Optional.of(new SetFacts.Template(text, false));
      return this;
    }

    SetBuilder legacyTemplate() {
      template = Optional.of(new SetFacts.Template(TEMPLATE, true));
      return this;
    }

    SetBuilder withoutTemplate() {
      template = Optional.empty();
      return this;
    }

    SetBuilder leftAlone() {
      leftAlone = true;
      return this;
    }

    SetBuilder finalizers(String... given) {
      finalizers = List.of(given);
      return this;
    }

    SetBuilder terminating() {
      terminating = true;
      return this;
    }

    SetBuilder start(int given) {
      start = given;
      return this;
    }

    SetBuilder replicas(int given) {
      replicas = given;
      return this;
    }

    SetBuilder parallel() {
      parallel = true;
      return this;
    }

    SetBuilder retention(boolean whenScaled, boolean whenDeleted) {
      retention = new Retention(whenScaled, whenDeleted);
      return this;
    }

    SetBuilder selector(Map<String, String> labels) {
      selector = Optional.of(new LabelSelector(labels, List.of()));
      return this;
    }

    SetBuilder unreadableSelector() {
      selector = Optional.empty();
      return this;
    }

    SetBuilder claimTemplates(String... given) {
      claimTemplates = List.of(given);
      return this;
    }

    SetBuilder podDefault(String field, String json) {
      Map<String, String> all = new java.util.HashMap<>(defaults);
      all.put(field, json);
      defaults = all;
      return this;
    }

    SetFacts build() {
      return new SetFacts(
          new SetId(SPACE, name, uid),
          "7",
          template,
          leftAlone,
          finalizers,
          terminating,
          start,
          replicas,
          parallel,
          retention,
          selector,
          claimTemplates,
          defaults,
          attempts);
    }
  }

  /** Ours, of the set that {@link #aSet} builds, made an hour ago. */
  static final class PodBuilder {
    private final String name;
    private String uid;
    private PodPhase phase = PodPhase.RUNNING;
    private boolean terminating;
    private Optional<OrdinalPod.Owner> owner =
        Optional.of(new OrdinalPod.Owner("db", "uid-of-set"));
    private Optional<String> controller = Optional.empty();
    private Map<String, String> labels = Map.of();
    private Instant createdAt = NOW.minus(Duration.ofHours(1));
    private Optional<Instant> endedAt = Optional.empty();
    private int restarts;
    private int attempt;
    private String node = "";
    private boolean begun;
    private boolean atWork;
    private String template = "";
    private String told = "";

    PodBuilder(String name) {
      this.name = name;
      uid = "uid-of-pod-" + name;
    }

    PodBuilder phase(PodPhase given) {
      phase = given;
      return this;
    }

    PodBuilder terminating() {
      terminating = true;
      return this;
    }

    /** A pod of the set itself. */
    PodBuilder stateful() {
      owner = Optional.empty();
      controller = Optional.of("uid-of-set");
      return this;
    }

    PodBuilder nobodys(Map<String, String> given) {
      owner = Optional.empty();
      labels = given;
      return this;
    }

    PodBuilder ownedBy(String set, String setUid) {
      owner = Optional.of(new OrdinalPod.Owner(set, setUid));
      return this;
    }

    PodBuilder createdAt(Instant given) {
      createdAt = given;
      return this;
    }

    PodBuilder endedAt(Instant given) {
      endedAt = Optional.of(given);
      return this;
    }

    PodBuilder restarts(int given) {
      restarts = given;
      return this;
    }

    PodBuilder attempt(int given) {
      attempt = given;
      return this;
    }

    PodBuilder on(String given) {
      node = given;
      return this;
    }

    /** An init container of its has ended. */
    PodBuilder begun() {
      begun = true;
      return this;
    }

    /** Though it is Pending. */
    PodBuilder atWork() {
      begun = true;
      atWork = true;
      return this;
    }

    /** Made from what the set says now. */
    PodBuilder madeFrom(SetFacts set) {
      template = Scenes.madeFrom(set);
      return this;
    }

    /** As it stands on the pod. */
    PodBuilder madeFrom(String text) {
      template = text;
      return this;
    }

    PodBuilder told(String given) {
      told = given;
      return this;
    }

    OrdinalPod build() {
      return new OrdinalPod(
          SPACE,
          name,
          uid,
          "1",
          phase,
          terminating,
          owner,
          controller,
          labels,
          createdAt,
          endedAt,
          restarts,
          attempt,
          node,
          begun || phase != PodPhase.PENDING,
          atWork || phase != PodPhase.PENDING,
          template,
          told);
    }
  }

  static OrdinalPod ours(String name, PodPhase phase) {
    return aPod(name).phase(phase).build();
  }

  static <T> List<T> and(List<T> some, T one) {
    List<T> all = new ArrayList<>(some);
    all.add(one);
    return all;
  }
}

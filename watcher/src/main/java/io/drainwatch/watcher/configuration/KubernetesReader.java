package io.drainwatch.watcher.configuration;

import io.drainwatch.drainer.nodes.ForeignUncordon;
import io.drainwatch.drainer.nodes.ReturnSettings;
import io.drainwatch.drainer.nodework.NodeMode;
import io.drainwatch.drainer.nodework.NodeSettings;
import io.drainwatch.drainer.pods.PodRules;
import io.drainwatch.watcher.configuration.KubernetesSettings.Cordon;
import io.drainwatch.watcher.configuration.KubernetesSettings.Drainer;
import io.drainwatch.watcher.configuration.KubernetesSettings.Eviction;
import io.drainwatch.watcher.configuration.KubernetesSettings.Form;
import io.drainwatch.watcher.configuration.KubernetesSettings.GivingBack;
import io.drainwatch.watcher.configuration.KubernetesSettings.Hold;
import io.drainwatch.watcher.configuration.KubernetesSettings.Pods;
import io.drainwatch.watcher.configuration.KubernetesSettings.WithoutApi;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code drainwatch.kubernetes.*} (kubernetes-drain.md). */
final class KubernetesReader {
  static final String SECTION = "drainwatch.kubernetes.";

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
  private static final Pattern UID = Pattern.compile("[A-Za-z0-9-]{1,64}");
  private static final Pattern BUDGET = Pattern.compile("[1-9][0-9]{0,3}|([1-9][0-9]?|100)%");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private KubernetesReader() {}

  static KubernetesSettings read(Values values) {
    KubernetesSettings settings =
        new KubernetesSettings(
            values.choice(SECTION + "form", Words.of(Form.class)).orElse(Form.NONE),
            values.choice(SECTION + "mode", Words.of(NodeMode.class)).orElse(NodeMode.DRAIN),
            name(values, "node-name"),
            name(values, "pod-name"),
            values.one(
                SECTION + "pod-uid", text -> Texts.matching(text, UID, "must be the uid of a pod")),
            name(values, "namespace").orElse("default"),
            values.one(SECTION + "kubeconfig", Texts::directory),
            cordon(values),
            eviction(values),
            PodRulesReader.read(values),
            values
                .choice(SECTION + "on-foreign-uncordon", Words.of(ForeignUncordon.class))
                .orElse(ForeignUncordon.RESPECT),
            new GivingBack(
                values
                    .duration(SECTION + "return.min-ready", Duration.ZERO, HOUR)
                    .orElse(ReturnSettings.DEFAULTS.minReady()),
                values
                    .duration(SECTION + "return.alert-after", SECOND, Duration.ofDays(1))
                    .orElse(ReturnSettings.DEFAULTS.alertAfter())),
            values.flag(SECTION + "conditions").orElse(true),
            values.flag(SECTION + "aks-conditions").orElse(true),
            values.flag(SECTION + "other-nodes").orElse(false),
            new Drainer(
                name(values, "drainer.lease").orElse("drainwatch-drainer"),
                values.one(
                    SECTION + "drainer.budget",
                    text ->
                        Texts.matching(
                            text, BUDGET, "must be a number of Nodes, or per cent such as 20%"))));
    together(settings, values);
    return settings;
  }

  private static Optional<String> name(Values values, String key) {
    return values.one(
        SECTION + key, text -> Texts.matching(text, NAME, "must be a name as Kubernetes has them"));
  }

  private static Cordon cordon(Values values) {
    String section = SECTION + "cordon.";
    return new Cordon(
        values.flag(section + "taint").orElse(false),
        values.flag(section + "lb-label").orElse(false),
        values.many(section + "holds", Words.of(Hold.class)::parse).orElse(List.of()),
        values
            .duration(section + "settle", Duration.ZERO, Duration.ofMinutes(2))
            .orElse(NodeSettings.DEFAULT_SETTLE),
        values
            .duration(section + "lb-settle", Duration.ZERO, Duration.ofMinutes(5))
            .orElse(Duration.ZERO));
  }

  private static Eviction eviction(Values values) {
    String section = SECTION + "eviction.";
    return new Eviction(
        values.number(section + "most-in-flight", 1, 200).orElse(20),
        values.duration(section + "grace-cap", SECOND, Duration.ofDays(1)),
        values.flag(section + "force-held").orElse(false),
        values.choice(section + "empty-dir", Words.of(Pods.class)).orElse(Pods.EVICT),
        values.choice(section + "unmanaged", Words.of(Pods.class)).orElse(Pods.EVICT),
        values.choice(section + "without-api", Words.of(WithoutApi.class)).orElse(WithoutApi.FAIL),
        values.flag(section + "daemons").orElse(false),
        values.flag(section + "wait-for-jobs").orElse(false),
        values.flag(section + "safe-to-evict").orElse(false),
        values.flag(section + "do-not-disrupt").orElse(false),
        values.flag(section + "cluster-api-skip").orElse(false),
        values.flag(section + "preflight").orElse(true),
        values.flag(section + "read-budgets").orElse(false),
        values.flag(section + "volumes-one-by-one").orElse(false),
        values.flag(section + "wait-for-detach").orElse(false),
        values
            .duration(section + "detach-timeout", SECOND, HOUR)
            .orElse(PodRules.DEFAULT_DETACH_TIMEOUT),
        values
            .duration(section + "stuck-after", Duration.ZERO, HOUR)
            .orElse(PodRules.DEFAULT_STUCK_AFTER),
        values.flag(section + "pod-events").orElse(false));
  }

  private static void together(KubernetesSettings settings, Values values) {
    boolean isTimeoutOfNothing =
        !settings.eviction().detachTimeout().equals(PodRules.DEFAULT_DETACH_TIMEOUT)
            && !(settings.eviction().volumesOneByOne() && settings.eviction().waitForDetach());
    if (isTimeoutOfNothing) {
      values
          .findings()
          .remark(
              SECTION
                  + "eviction.detach-timeout has no effect without volumes-one-by-one and"
                  + " wait-for-detach");
    }
    if (settings.mode() == NodeMode.CONDITION && !settings.conditions()) {
      values.fault(SECTION + "conditions", "is false, so mode condition would write nothing");
    }
    if (settings.mode() != NodeMode.DRAIN && settings.form() == Form.NONE) {
      values.findings().remark(SECTION + "mode has no effect on a plain VM");
    }
    if (settings.cordon().lbSettle().isPositive() && !settings.cordon().lbLabel()) {
      values.findings().remark(SECTION + "cordon.lb-settle has no effect without cordon.lb-label");
    }
  }
}

package io.drainwatch.watcher.configuration;

import io.drainwatch.watcher.configuration.KubernetesSettings.Form;
import java.util.List;
import java.util.regex.Pattern;

/** {@code drainwatch.scale-down.*} (scale-down.md, section 5). */
final class ScaleDownReader {
  private static final String SECTION = "drainwatch.scale-down.";
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private ScaleDownReader() {}

  static ScaleDownSettings read(Values values, Form form, boolean dryRun) {
    ScaleDownSettings off = ScaleDownSettings.off();
    ScaleDownSettings settings =
        new ScaleDownSettings(
            values.flag(SECTION + "enabled").orElse(off.enabled()),
            values
                .many(
                    SECTION + "namespaces",
                    text ->
                        Texts.matching(
                            text, NAMESPACE, "must be own, all, or the name of a namespace"))
                .orElse(off.namespaces()));
    List<String> namespaces = settings.namespaces();
    // one whose entries were all refused is empty too, which has been said
    if (values.given(SECTION + "namespaces").filter(Given::isEmptyList).isPresent()) {
      values.fault(SECTION + "namespaces", "is empty: own, all, or names are expected");
    }
    if (namespaces.contains(ScaleDownSettings.ALL) && namespaces.size() > 1) {
      values.fault(SECTION + "namespaces", "all stands alone: it has every other in it");
    }
    remarks(settings, form, dryRun, values.findings());
    return settings;
  }

  private static void remarks(
      ScaleDownSettings settings, Form form, boolean dryRun, Findings findings) {
    if (settings.enabled() && form != Form.CONTROLLER) {
      findings.remark(
          SECTION + "enabled has no effect without a drainer (drainwatch.kubernetes.form)");
    }
    if (settings.enabled() && dryRun) {
      findings.remark(SECTION + "enabled has no effect with drainwatch.dry-run");
    }
    if (!settings.enabled() && !settings.equals(ScaleDownSettings.off())) {
      findings.remark(SECTION + "enabled is false, so namespaces has no effect");
    }
  }
}

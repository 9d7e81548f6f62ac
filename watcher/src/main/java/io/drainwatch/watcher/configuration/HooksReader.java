package io.drainwatch.watcher.configuration;

import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.HookSettings;
import io.drainwatch.drainer.maintenance.OnFailure;
import io.drainwatch.watcher.configuration.HooksSettings.HookChoice;
import io.drainwatch.watcher.configuration.HooksSettings.InDryRun;
import io.drainwatch.watcher.configuration.HooksSettings.Names;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code drainwatch.hooks.*} (drain-scripts.md part 1). */
final class HooksReader {
  static final String SECTION = "drainwatch.hooks.";

  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration LONGEST_RECALL = Duration.ofHours(1);
  private static final Duration LONGEST_TIMEOUT = Duration.ofDays(1);
  private static final Pattern VARIABLES = Pattern.compile("[A-Za-z0-9_*]{1,128}");

  private HooksReader() {}

  static HooksSettings read(Values values, boolean inDryRun) {
    HooksSettings settings =
        new HooksSettings(
            directories(values),
            values.choice(SECTION + "names", Words.of(Names.class)).orElse(Names.ANY),
            values
                .duration(SECTION + "recall", LEAST, LONGEST_RECALL)
                .orElse(HookSettings.DEFAULT_RECALL),
            values.choice(SECTION + "dry-run", Words.of(InDryRun.class)).orElse(InDryRun.NONE),
            values
                .many(SECTION + "env-drop", HooksReader::variables)
                .orElse(HooksSettings.DEFAULT_ENV_DROP),
            values.flag(SECTION + "log-files").orElse(false),
            values.one(SECTION + "log-dir", Texts::directory).orElse(HooksSettings.DEFAULT_LOG_DIR),
            choices(values));
    remarks(settings, inDryRun, values.findings());
    return settings;
  }

  private static List<Path> directories(Values values) {
    String key = SECTION + "directories";
    Optional<List<Path>> given = values.many(key, Texts::directory);
    if (given.isPresent() && new HashSet<>(given.get()).size() < given.get().size()) {
      values.fault(key, "names a directory twice");
    }
    return given.orElse(HooksSettings.DEFAULT_DIRECTORIES);
  }

  private static Parsed<String> variables(String text) {
    return Texts.matching(
        text, VARIABLES, "must be a variable's name, in which * stands for anything");
  }

  private static Map<Hook, HookChoice> choices(Values values) {
    Map<Hook, HookChoice> choices = new EnumMap<>(Hook.class);
    for (Hook hook : Hook.values()) {
      String section = SECTION + hook.word() + '.';
      HookChoice standard = HookChoice.defaultFor(hook);
      choices.put(
          hook,
          new HookChoice(
              values.duration(section + "timeout", LEAST, LONGEST_TIMEOUT).or(standard::timeout),
              values.choice(section + "on-failure", allowedFor(hook)).orElse(standard.onFailure()),
              values.flag(section + "parallel").orElse(standard.parallel())));
    }
    return choices;
  }

  /** Only what the hook allows is a word here, so that the fault names the right ones. */
  private static Words<OnFailure> allowedFor(Hook hook) {
    return Words.of(
        Arrays.stream(OnFailure.values()).filter(each -> each.isAllowedFor(hook)).toList(),
        Words::kebab);
  }

  private static void remarks(HooksSettings settings, boolean inDryRun, Findings findings) {
    if (settings.directories().isEmpty()) {
      findings.remark(SECTION + "directories is empty: no script runs");
    }
    if (settings.dryRun() == InDryRun.CALL && !inDryRun) {
      findings.remark(SECTION + "dry-run has no effect while drainwatch.dry-run is false");
    }
    if (settings.envDrop().isEmpty()) {
      findings.remark(SECTION + "env-drop is empty: scripts inherit the daemon's secrets");
    }
    if (settings.envDrop().contains("*")) {
      findings.remark(SECTION + "env-drop has *: scripts inherit nothing, not even PATH");
    }
  }
}

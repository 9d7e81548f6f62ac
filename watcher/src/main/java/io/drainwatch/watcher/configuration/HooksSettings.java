package io.drainwatch.watcher.configuration;

import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.HookSettings;
import io.drainwatch.drainer.maintenance.OnFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where drain scripts are found and how they are run ({@code drainwatch.hooks.*}; drain-scripts.md
 * part 1).
 *
 * @param directories the operator's first; of equal names the first counts
 * @param recall how long after exit code 75 a script is called again
 * @param dryRun what happens to native scripts in a dry run
 * @param envDrop patterns of variables that scripts do not inherit
 * @param hooks an entry for every hook
 */
public record HooksSettings(
    List<Path> directories,
    Names names,
    Duration recall,
    InDryRun dryRun,
    List<String> envDrop,
    boolean logFiles,
    Path logDir,
    Map<Hook, HookChoice> hooks) {

  public static final List<Path> DEFAULT_DIRECTORIES =
      List.of(Path.of("/etc/drainwatch/hooks.d"), Path.of("/usr/lib/drainwatch/hooks.d"));
  public static final List<String> DEFAULT_ENV_DROP = List.of("*TOKEN*", "*SECRET*", "*PASSWORD*");
  public static final Path DEFAULT_LOG_DIR = Path.of("/var/log/drainwatch");

  /** Which names a script may have. */
  public enum Names {
    ANY,
    /** Letters, digits, {@code _} and {@code -} only. */
    RUN_PARTS
  }

  /** What a dry run does with native scripts. */
  public enum InDryRun {
    NONE,
    /** Called with {@code DRAIN_DRY_RUN=1}; they must do nothing themselves. */
    CALL
  }

  /**
   * The choices for one hook.
   *
   * @param timeout per script over all its calls; empty: up to the deadline
   * @param parallel all scripts of the hook at once
   */
  public record HookChoice(Optional<Duration> timeout, OnFailure onFailure, boolean parallel) {

    /** Up to the deadline before Drained, 600 s for all others (drain-scripts.md 1.4, 1.6). */
    public static HookChoice defaultFor(Hook hook) {
      return new HookChoice(
          hook.isBeforeDrained() ? Optional.empty() : Optional.of(HookSettings.DEFAULT_TIMEOUT),
          OnFailure.defaultFor(hook),
          false);
    }
  }

  public HooksSettings {
    directories = List.copyOf(directories);
    envDrop = List.copyOf(envDrop);
    hooks = Map.copyOf(hooks);
    for (Hook hook : Hook.values()) {
      if (!hooks.containsKey(hook)) {
        throw new IllegalArgumentException("no choice for hook " + hook.word());
      }
    }
  }

  public HookChoice of(Hook hook) {
    return Optional.ofNullable(hooks.get(hook)).orElseGet(() -> HookChoice.defaultFor(hook));
  }

  /** For the core, which knows the defaults itself: only what differs from them. */
  HookSettings forTheCore() {
    Map<Hook, Duration> timeouts = new EnumMap<>(Hook.class);
    Map<Hook, OnFailure> onFailure = new EnumMap<>(Hook.class);
    hooks.forEach(
        (hook, choice) -> {
          HookChoice standard = HookChoice.defaultFor(hook);
          if (!choice.timeout().equals(standard.timeout())) {
            choice.timeout().ifPresent(timeout -> timeouts.put(hook, timeout));
          }
          if (choice.onFailure() != standard.onFailure()) {
            onFailure.put(hook, choice.onFailure());
          }
        });
    return new HookSettings(timeouts, onFailure, recall);
  }
}

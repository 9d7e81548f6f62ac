package io.drainwatch.drainer.scripts;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The variables of a script: the daemon's own, less what is ours to set, what would change how a
 * program is loaded, what belongs to the service manager and what may be a secret; then those of
 * the call (drain-scripts.md 1.3).
 */
public final class ScriptEnvironment {

  /** {@code hooks.env-drop}. */
  public static final List<String> DEFAULT_DROP = List.of("*TOKEN*", "*SECRET*", "*PASSWORD*");

  private static final List<String> ALWAYS_DROP =
      List.of(
          "DRAIN_*",
          "BOSH_*",
          "SLIPSTREAM_*",
          "LD_*",
          "JAVA_TOOL_OPTIONS",
          "JDK_JAVA_OPTIONS",
          "_JAVA_OPTIONS",
          "NOTIFY_SOCKET",
          "WATCHDOG_*",
          "LISTEN_*",
          "CREDENTIALS_DIRECTORY");

  private final Map<String, String> inherited;

  /**
   * @param inherited the daemon's environment
   * @param drop patterns of names, {@code *} stands for anything, upper and lower case are the same
   * @param home for HOME if it is not inherited
   */
  public ScriptEnvironment(Map<String, String> inherited, List<String> drop, String home) {
    Pattern dropped = anyOf(Stream.concat(ALWAYS_DROP.stream(), drop.stream()).toList());
    Map<String, String> kept = new HashMap<>(inherited);
    kept.keySet().removeIf(name -> dropped.matcher(name).matches());
    kept.putIfAbsent("HOME", home);
    this.inherited = Map.copyOf(kept);
  }

  Map<String, String> with(Map<String, String> variables) {
    Map<String, String> all = new HashMap<>(inherited);
    variables.forEach((name, value) -> all.put(name, value.replace("\0", "")));
    return all;
  }

  private static Pattern anyOf(List<String> globs) {
    List<String> patterns =
        globs.stream().map(glob -> Pattern.quote(glob).replace("*", "\\E.*\\Q")).toList();
    return Pattern.compile(String.join("|", patterns), Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  }
}

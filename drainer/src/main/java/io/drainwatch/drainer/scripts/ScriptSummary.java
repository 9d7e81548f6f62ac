package io.drainwatch.drainer.scripts;

import java.util.List;

/**
 * The sentence about all scripts of a hook (drain-scripts.md 1.1; its form is BOSH's, 3.3).
 *
 * @param kind the hook's word
 * @param noun what the names are: empty, or {@code Jobs}
 * @param failed names in run order
 * @param successful names in run order
 */
public record ScriptSummary(
    String kind, String noun, List<String> failed, List<String> successful) {

  public ScriptSummary {
    failed = List.copyOf(failed);
    successful = List.copyOf(successful);
  }

  /** Of a native hook. */
  public ScriptSummary(String kind, List<String> failed, List<String> successful) {
    this(kind, "", failed, successful);
  }

  public String sentence() {
    int all = failed.size() + successful.size();
    return "%d of %d %s scripts failed.".formatted(failed.size(), all, kind)
        + part("Failed", failed)
        + part("Successful", successful);
  }

  private String part(String what, List<String> names) {
    return names.isEmpty()
        ? ""
        : " " + what + (noun.isEmpty() ? "" : " " + noun) + ": " + String.join(", ", names) + ".";
  }
}

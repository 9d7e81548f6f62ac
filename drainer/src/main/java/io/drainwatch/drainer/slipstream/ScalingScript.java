package io.drainwatch.drainer.slipstream;

import java.util.List;
import java.util.Optional;

/**
 * The name of one script in one call, as in the record, the log and the summary: {@code
 * slipstream/prescale/vm_resize/10-db}. No native script has such a name, a file's name has no
 * slash.
 *
 * <p>The name says what the script is told, and the name is what the record keeps. So a script that
 * is called again after a restart is told the same as before, whatever has joined since, and a
 * Post-Scale knows what its Pre-Scale was told (SS03).
 *
 * @param about the action of Pre-Scale and Post-Scale, the node of the peer hooks
 * @param subTarget the file in the hook's directory; empty where the hook is a file itself
 */
public record ScalingScript(SlipStreamHook hook, String about, Optional<String> subTarget) {

  private static final String PREFIX = "slipstream";

  public ScalingScript {
    if (about.isEmpty()
        || isNoPart(about)
        || subTarget.filter(ScalingScript::isNoPart).isPresent()) {
      throw new IllegalArgumentException(
          "not the parts of a script's name: '" + about + "', '" + subTarget.orElse("") + "'");
    }
  }

  public String name() {
    String target = PREFIX + "/" + hook.word() + "/" + about;
    return subTarget.map(sub -> target + "/" + sub).orElse(target);
  }

  /** The name without slashes, for files: {@code slipstream.prescale.vm_resize.10-db}. */
  public String fileName() {
    return name().replace('/', '.');
  }

  /** Reads a name; empty when it is not that of a SlipStream script. */
  public static Optional<ScalingScript> of(String name) {
    List<String> parts = List.of(name.split("/", -1));
    if (parts.size() < 3
        || parts.size() > 4
        || !parts.getFirst().equals(PREFIX)
        || parts.stream().anyMatch(String::isEmpty)) {
      return Optional.empty();
    }
    return SlipStreamHook.of(parts.get(1))
        .map(hook -> new ScalingScript(hook, parts.get(2), parts.stream().skip(3).findFirst()));
  }

  private static boolean isNoPart(String text) {
    return text.indexOf('/') >= 0;
  }
}

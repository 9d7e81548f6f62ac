package io.drainwatch.watcher.byhand;

import io.drainwatch.drainer.context.ContextMapping;
import io.drainwatch.drainer.context.DrainContext;
import io.drainwatch.drainer.context.DrainContextJson;
import io.drainwatch.drainer.context.DrainVariables;
import io.drainwatch.drainer.context.VmFacts;
import io.drainwatch.drainer.context.WebdevopsVariables;
import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.scripts.ContextFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The drain context of one call, by the mapper that the daemon uses.
 *
 * @param json as a native script reads it
 * @param variables DRAIN_* and what else goes with the context
 */
record Told(DrainContext context, byte[] json, Map<String, String> variables) {

  /**
   * Writes the context file.
   *
   * @param file the script's name without slashes
   */
  static Told about(
      Occasion occasion,
      VmFacts facts,
      Action.RunScript asked,
      String file,
      Instant now,
      Workbench.Settings settings) {
    DrainContext context =
        ContextMapping.map(occasion.question(asked, now, now), facts, settings.context());
    byte[] json = DrainContextJson.write(context);
    Optional<String> written =
        switch (new ContextFile(settings.state()).write(asked.hook(), file, json)) {
          case ContextFile.Written.To(Path at) -> Optional.of(at.toString());
          case ContextFile.Written.Not(String why) -> Optional.empty();
        };
    int longest = settings.context().maximumInlineBytes();
    Map<String, String> variables =
        new HashMap<>(DrainVariables.of(context, written, now, longest));
    if (settings.webdevops()) {
      variables.putAll(WebdevopsVariables.of(context, longest));
    }
    return new Told(context, json, variables);
  }
}

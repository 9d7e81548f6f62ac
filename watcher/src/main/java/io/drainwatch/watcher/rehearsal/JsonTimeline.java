package io.drainwatch.watcher.rehearsal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.drainer.record.EpisodeJson;
import java.io.PrintStream;
import java.time.Duration;

/** JSON lines: entries as they come, the verdict last. */
final class JsonTimeline implements Timeline {
  private final PrintStream out;

  JsonTimeline(PrintStream out) {
    this.out = out;
  }

  @Override
  public void begin(String headline) {}

  @Override
  public void add(TimelineEntry entry) {
    ObjectNode line = JsonNodeFactory.instance.objectNode().put("seconds", seconds(entry.at()));
    entry.left().ifPresent(left -> line.put("seconds_left", seconds(left)));
    out.println(line.put("kind", entry.kind().word()).put("text", entry.text()));
  }

  @Override
  public void end(Verdict verdict) {
    ObjectNode line =
        JsonNodeFactory.instance
            .objectNode()
            .put("kind", "verdict")
            .put("passed", verdict.passed())
            .put("acknowledged", verdict.acknowledged())
            .put("text", verdict.sentence())
            .put("seconds", seconds(verdict.lasted()));
    verdict.summary().ifPresent(summary -> line.set("summary", EpisodeJson.write(summary)));
    out.println(line);
    out.flush();
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}

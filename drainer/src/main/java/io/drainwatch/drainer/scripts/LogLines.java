package io.drainwatch.drainer.scripts;

import io.drainwatch.drainer.maintenance.Hook;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Passes a script's output to the daemon's log, one event per line, with hook, script, id, attempt,
 * pid and stream as key-value pairs (drain-scripts.md 1.7).
 */
public final class LogLines implements LineSink {

  private static final Logger LOG = LoggerFactory.getLogger("io.drainwatch.scripts.output");

  private final Hook hook;
  private final String script;
  private final String id;
  private final int attempt;
  private final AtomicLong pid = new AtomicLong();

  /**
   * @param id of the episode
   */
  public LogLines(Hook hook, String script, String id, int attempt) {
    this.hook = hook;
    this.script = script;
    this.id = PlainText.of(id);
    this.attempt = attempt;
  }

  @Override
  public void started(long pid) {
    this.pid.set(pid);
  }

  @Override
  public void line(ScriptOutput.Source source, String text) {
    event(LOG.atInfo())
        .addKeyValue("stream", source.word())
        .log("{}/{}[{}] {}: {}", hook.word(), script, pid, source.word(), text);
  }

  @Override
  public void leftBehind(List<LeftProcess> processes) {
    event(LOG.atWarn())
        .log(
            "{}/{}[{}] has exited but left processes running, which are left alone: {}",
            hook.word(),
            script,
            pid,
            processes);
  }

  private LoggingEventBuilder event(LoggingEventBuilder event) {
    return event
        .addKeyValue("hook", hook.word())
        .addKeyValue("script", script)
        .addKeyValue("id", id)
        .addKeyValue("attempt", attempt)
        .addKeyValue("pid", pid.get());
  }
}

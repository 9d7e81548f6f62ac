package io.drainwatch.drainer.scripts;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a broken output from stopping the script, or its watch: logs once and then drops. */
final class GuardedOutput implements ScriptOutput {

  private static final Logger LOG = LoggerFactory.getLogger(GuardedOutput.class);

  private final ScriptOutput output;
  private volatile boolean broken;

  GuardedOutput(ScriptOutput output) {
    this.output = output;
  }

  @Override
  public void started(long pid) {
    guard(() -> output.started(pid));
  }

  @Override
  public void bytes(Source source, byte[] buffer, int length) {
    guard(() -> output.bytes(source, buffer, length));
  }

  @Override
  public void ended(Source source) {
    guard(() -> output.ended(source));
  }

  @Override
  public void exited(int code) {
    guard(() -> output.exited(code));
  }

  @Override
  public void leftBehind(List<LeftProcess> processes) {
    guard(() -> output.leftBehind(processes));
  }

  private void guard(Runnable call) {
    if (broken) {
      return;
    }
    try {
      call.run();
    } catch (RuntimeException e) {
      broken = true;
      LOG.error("a script's output cannot be passed on; the rest of it is dropped", e);
    }
  }
}

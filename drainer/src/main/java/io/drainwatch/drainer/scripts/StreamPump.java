package io.drainwatch.drainer.scripts;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one stream of a script until its last holder closes it, which may be long after the script.
 * On a thread of the platform, as it is blocked in a read most of the time.
 */
final class StreamPump {

  private static final Logger LOG = LoggerFactory.getLogger(StreamPump.class);

  private final InputStream in;
  private final ScriptOutput.Source source;
  private final ScriptOutput output;
  private final CountDownLatch ended = new CountDownLatch(1);

  private StreamPump(InputStream in, ScriptOutput.Source source, ScriptOutput output) {
    this.in = in;
    this.source = source;
    this.output = output;
  }

  static StreamPump start(
      long pid, InputStream in, ScriptOutput.Source source, ScriptOutput output) {
    StreamPump pump = new StreamPump(in, source, output);
    Thread.ofPlatform().daemon().name("script-" + pid + "-" + source.word()).start(pump::run);
    return pump;
  }

  /** Whether everything was read within that time. */
  boolean awaitEnd(long time, TimeUnit unit) throws InterruptedException {
    return ended.await(time, unit);
  }

  private void run() {
    byte[] buffer = new byte[16 * 1024];
    try (in) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        output.bytes(source, buffer, n);
      }
    } catch (IOException e) {
      LOG.warn("cannot read the {} of a script any further", source.word(), e);
    } finally {
      output.ended(source);
      ended.countDown();
    }
  }
}

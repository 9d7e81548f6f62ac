package io.drainwatch.drainer.scripts;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Splits the output of one call into lines (drain-scripts.md 1.7): 8 KiB per line, 1 MiB per call
 * over both streams; the rest is dropped, which is said once. Text is UTF-8, control characters are
 * dropped. Each stream is read by one thread; only the limit is shared.
 */
public final class LineOutput implements ScriptOutput {

  static final int MOST_PER_LINE = 8 * 1024;
  static final long MOST_PER_CALL = 1024 * 1024;

  private final List<LineSink> sinks;
  private final Map<Source, Line> lines = new EnumMap<>(Source.class);
  private final AtomicLong left = new AtomicLong(MOST_PER_CALL);
  private final AtomicBoolean said = new AtomicBoolean();

  public LineOutput(List<LineSink> sinks) {
    this.sinks = List.copyOf(sinks);
    for (Source source : Source.values()) {
      lines.put(source, new Line(source));
    }
  }

  @Override
  public void started(long pid) {
    sinks.forEach(sink -> sink.started(pid));
  }

  @Override
  public void bytes(Source source, byte[] buffer, int length) {
    long granted = Math.clamp(left.getAndAdd(-length), 0, length);
    Line line = lineOf(source);
    for (int i = 0; i < granted; i++) {
      line.add(buffer[i]);
    }
    if (granted < length && said.compareAndSet(false, true)) {
      line.flush();
      pass(source, "[more than 1 MiB was printed: the rest is dropped]");
    }
  }

  @Override
  public void ended(Source source) {
    lineOf(source).flush();
    sinks.forEach(sink -> sink.ended(source));
  }

  @Override
  public void leftBehind(List<LeftProcess> processes) {
    sinks.forEach(sink -> sink.leftBehind(processes));
  }

  private Line lineOf(Source source) {
    Line line = lines.get(source);
    if (line == null) {
      throw new IllegalStateException("no line of " + source);
    }
    return line;
  }

  private void pass(Source source, String text) {
    sinks.forEach(sink -> sink.line(source, text));
  }

  /** The line that is being read. */
  private final class Line {
    private final Source source;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean cut;

    Line(Source source) {
      this.source = source;
    }

    void add(byte b) {
      if (b == '\n') {
        give();
      } else if (bytes.size() < MOST_PER_LINE) {
        bytes.write(b);
      } else {
        cut = true;
      }
    }

    void flush() {
      if (bytes.size() > 0) {
        give();
      }
    }

    private void give() {
      String text = PlainText.of(bytes.toString(StandardCharsets.UTF_8));
      pass(source, cut ? text + " [cut at 8 KiB]" : text);
      bytes.reset();
      cut = false;
    }
  }
}

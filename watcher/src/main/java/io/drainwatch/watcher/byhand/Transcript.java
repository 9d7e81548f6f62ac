package io.drainwatch.watcher.byhand;

import io.drainwatch.drainer.scripts.LineOutput;
import io.drainwatch.drainer.scripts.LineSink;
import io.drainwatch.drainer.scripts.ScriptOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one call prints: told to the listener line by line, and kept. The call is known only once
 * everything about it is, which is after its output has a place to go to.
 */
final class Transcript implements LineSink {
  private final Listener listener;
  private final List<Call.OutputLine> lines = new ArrayList<>();
  private Optional<Call> call = Optional.empty();

  Transcript(Listener listener) {
    this.listener = listener;
  }

  ScriptOutput output() {
    return new LineOutput(List.of(this));
  }

  synchronized void begins(Call begun) {
    call = Optional.of(begun);
    listener.begins(begun);
  }

  @Override
  public synchronized void line(ScriptOutput.Source source, String text) {
    Call.OutputLine line = new Call.OutputLine(source.word(), text);
    lines.add(line);
    call.ifPresent(begun -> listener.printed(begun, line));
  }

  synchronized List<Call.OutputLine> lines() {
    return List.copyOf(lines);
  }
}

package io.drainwatch.drainer.scripts;

import java.util.List;

/** Takes a script's output line by line, cleaned and bounded by {@link LineOutput}. */
public interface LineSink {

  default void started(long pid) {}

  void line(ScriptOutput.Source source, String text);

  default void ended(ScriptOutput.Source source) {}

  default void leftBehind(List<LeftProcess> processes) {}
}

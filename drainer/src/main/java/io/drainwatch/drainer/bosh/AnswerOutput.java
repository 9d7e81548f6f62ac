package io.drainwatch.drainer.bosh;

import io.drainwatch.drainer.scripts.LeftProcess;
import io.drainwatch.drainer.scripts.ScriptOutput;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;

/**
 * Keeps what a drain prints to stdout, for that is its answer, and passes everything on. What comes
 * after the answer was taken is no part of it. Safe for use by several threads.
 */
public final class AnswerOutput implements ScriptOutput {

  /** A drain answers with a number and perhaps some chatter; more is no answer. */
  static final int MOST = 64 * 1024;

  /** What was printed. */
  public sealed interface Printed {
    /** All of it, as UTF-8. */
    record All(String text) implements Printed {}

    /** More than anybody needs to print a number. */
    record TooMuch(int limit) implements Printed {}
  }

  private final ScriptOutput beside;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private boolean tooMuch;
  private OptionalInt code = OptionalInt.empty();

  /**
   * @param beside gets both streams too, for the log
   */
  public AnswerOutput(ScriptOutput beside) {
    this.beside = beside;
  }

  /** To be asked when the outcome is there. */
  public synchronized Printed printed() {
    return tooMuch
        ? new Printed.TooMuch(MOST)
        : new Printed.All(kept.toString(StandardCharsets.UTF_8));
  }

  /** The process's exit code if it is known, even of a script that was ended. */
  public synchronized OptionalInt code() {
    return code;
  }

  @Override
  public void started(long pid) {
    beside.started(pid);
  }

  @Override
  public void bytes(Source source, byte[] buffer, int length) {
    switch (source) {
      case STDOUT -> keep(buffer, length);
      case STDERR -> {}
    }
    beside.bytes(source, buffer, length);
  }

  @Override
  public void ended(Source source) {
    beside.ended(source);
  }

  @Override
  public void exited(int exitCode) {
    synchronized (this) {
      code = OptionalInt.of(exitCode);
    }
    beside.exited(exitCode);
  }

  @Override
  public void leftBehind(List<LeftProcess> processes) {
    beside.leftBehind(processes);
  }

  private synchronized void keep(byte[] buffer, int length) {
    if (kept.size() + length > MOST) {
      tooMuch = true;
    } else {
      kept.write(buffer, 0, length);
    }
  }
}

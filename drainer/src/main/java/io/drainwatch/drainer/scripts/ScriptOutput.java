package io.drainwatch.drainer.scripts;

import java.util.List;

/**
 * Takes what a script prints. Bytes come from one thread, which reads for all scripts: who is slow
 * to take them delays the others. The rest comes from the thread that watches the script. What it
 * throws is logged and the script goes on.
 */
public interface ScriptOutput {

  /** Where it was printed to. */
  enum Source {
    STDOUT("stdout"),
    STDERR("stderr");

    private final String word;

    Source(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  /** Comes before any output. */
  void started(long pid);

  /**
   * The next bytes.
   *
   * @param buffer is used again after the return: not to be kept
   */
  void bytes(Source source, byte[] buffer, int length);

  /** The last holder of the stream has closed it. May come long after the outcome, or never. */
  void ended(Source source);

  /**
   * The script's own process has exited, by itself or because it was ended: killed by signal n is
   * 128 + n. Comes before the outcome, and not at all when nothing ends the process.
   */
  default void exited(int code) {}

  /** The script has exited and these of its group have not. */
  void leftBehind(List<LeftProcess> processes);

  /** Reads and drops everything. */
  static ScriptOutput none() {
    return new ScriptOutput() {
      @Override
      public void started(long pid) {}

      @Override
      public void bytes(Source source, byte[] buffer, int length) {}

      @Override
      public void ended(Source source) {}

      @Override
      public void leftBehind(List<LeftProcess> processes) {}
    };
  }
}

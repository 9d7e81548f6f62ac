package io.drainwatch.drainer.scripts;

/** A process that outlived the script that started it. */
public record LeftProcess(long pid, String name) {

  @Override
  public String toString() {
    return pid + " " + name;
  }
}

package io.drainwatch.drainer.scripts;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The few calls of Linux that the JDK lacks. The process needs {@code
 * --enable-native-access=ALL-UNNAMED} (or {@code Enable-Native-Access: ALL-UNNAMED} in the manifest
 * of the jar with {@code main}); JDK 25 works without, but warns on stderr.
 */
final class SystemCalls {

  /** The same on every architecture that this JDK runs on under Linux. */
  private static final int O_CLOEXEC = 02000000;

  private static final int ESRCH = 3;

  private static final MethodHandle KILL = find("kill", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final MethodHandle KILL_TELLING_WHY =
      find(
          "kill",
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT),
          Linker.Option.captureCallState("errno"));
  private static final MethodHandle PIPE2 =
      find("pipe2", ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
  private static final MethodHandle CLOSE = find("close", ValueLayout.JAVA_INT);
  private static final MethodHandle GETPRIORITY =
      find("getpriority", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
  private static final MethodHandle SETPRIORITY =
      find("setpriority", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);

  private static final MethodHandle POLL =
      find("poll", ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT);
  private static final MethodHandle READ =
      findLong("read", ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG);
  private static final MethodHandle WRITE =
      findLong("write", ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG);

  private static final int PRIO_PROCESS = 0;
  private static final int THIS_THREAD = 0;

  /** Two file descriptors. */
  record Pipe(int readEnd, int writeEnd) {}

  private SystemCalls() {}

  /**
   * @param pid negative for a process group
   * @return whether at least one process got it
   */
  static boolean kill(long pid, int signal) {
    try {
      return (int) KILL.invokeExact(Math.toIntExact(pid), signal) == 0;
    } catch (Throwable e) {
      throw broken("kill", e);
    }
  }

  /** False only if there is none; one that may not be signalled is there. */
  static boolean isThereGroup(long group) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int result = (int) KILL_TELLING_WHY.invokeExact(state, Math.toIntExact(-group), 0);
      return result == 0 || (int) ERRNO.get(state, 0L) != ESRCH;
    } catch (Throwable e) {
      throw broken("kill", e);
    }
  }

  /** A pipe that no process started meanwhile inherits. */
  static Pipe pipe() throws IOException {
    int result;
    int readEnd;
    int writeEnd;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ends = arena.allocate(ValueLayout.JAVA_INT, 2);
      result = (int) PIPE2.invokeExact(ends, O_CLOEXEC);
      readEnd = ends.getAtIndex(ValueLayout.JAVA_INT, 0);
      writeEnd = ends.getAtIndex(ValueLayout.JAVA_INT, 1);
    } catch (Throwable e) {
      throw broken("pipe2", e);
    }
    if (result != 0) {
      throw new IOException("cannot make a pipe: too many files are open");
    }
    return new Pipe(readEnd, writeEnd);
  }

  static void close(int descriptor) {
    try {
      int unused = (int) CLOSE.invokeExact(descriptor);
    } catch (Throwable e) {
      throw broken("close", e);
    }
  }

  /**
   * @param entries as in {@code struct pollfd}
   * @param millis negative: for ever
   * @return how many are ready; negative when it was broken off
   */
  static int poll(MemorySegment entries, int count, int millis) {
    try {
      return (int) POLL.invokeExact(entries, (long) count, millis);
    } catch (Throwable e) {
      throw broken("poll", e);
    }
  }

  /** How much was read; 0 at the end, negative when it failed. */
  static int read(int descriptor, MemorySegment into) {
    try {
      return Math.toIntExact((long) READ.invokeExact(descriptor, into, into.byteSize()));
    } catch (Throwable e) {
      throw broken("read", e);
    }
  }

  static void writeByte(int descriptor) {
    try (Arena arena = Arena.ofConfined()) {
      long unused = (long) WRITE.invokeExact(descriptor, arena.allocate(1), 1L);
    } catch (Throwable e) {
      throw broken("write", e);
    }
  }

  /** Of the thread that asks. It cannot fail for oneself: -1 is a niceness. */
  static int niceness() {
    try {
      return (int) GETPRIORITY.invokeExact(PRIO_PROCESS, THIS_THREAD);
    } catch (Throwable e) {
      throw broken("getpriority", e);
    }
  }

  /** Of the thread that asks, and of what it starts; to be used on a platform thread only. */
  static boolean setNiceness(int niceness) {
    try {
      return (int) SETPRIORITY.invokeExact(PRIO_PROCESS, THIS_THREAD, niceness) == 0;
    } catch (Throwable e) {
      throw broken("setpriority", e);
    }
  }

  private static MethodHandle find(String name, MemoryLayout... arguments) {
    return find(name, FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments));
  }

  private static MethodHandle findLong(String name, MemoryLayout... arguments) {
    return find(name, FunctionDescriptor.of(ValueLayout.JAVA_LONG, arguments));
  }

  @SuppressWarnings("restricted")
  private static MethodHandle find(
      String name, FunctionDescriptor function, Linker.Option... options) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), function, options);
  }

  private static IllegalStateException broken(String name, Throwable e) {
    return new IllegalStateException("the system call " + name + " cannot be made", e);
  }
}

package io.drainwatch.drainer.scripts;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends signals to processes and process groups.
 *
 * <p>A group gets its signal by {@code kill(2)}: at once, none forked meanwhile is missed, and no
 * new process is needed, which a script that has used up the process limit would not leave us. It
 * needs {@code --enable-native-access}; without, each process found in the group gets the signal
 * through the JDK, one after another. No shell and no {@code kill} program either way.
 */
class Signals {

  private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

  /** The two we send. */
  enum Signal {
    TERM(15),
    KILL(9);

    private final int number;

    Signal(int number) {
      this.number = number;
    }
  }

  private final Optional<MethodHandle> kill;

  Signals(Optional<MethodHandle> kill) {
    this.kill = kill;
  }

  static Signals ofSystem() {
    return new Signals(nativeKill());
  }

  /** One by one, as where native access is not enabled. */
  static Signals withoutNativeAccess() {
    return new Signals(Optional.empty());
  }

  /**
   * @param members alive in it now; at least one, or the number may be another's already
   */
  void toGroup(long group, List<ProcessStat> members, Signal signal) {
    if (members.isEmpty() || group <= 1) { // kill(-1) would reach every process there is
      return;
    }
    if (kill.isEmpty() || !call(kill.get(), Math.toIntExact(-group), signal)) {
      members.forEach(member -> toProcess(member, signal));
    }
  }

  void toProcess(ProcessStat process, Signal signal) {
    ProcessHandle.of(process.pid())
        .ifPresent(
            handle -> {
              switch (signal) {
                case TERM -> handle.destroy();
                case KILL -> handle.destroyForcibly();
              }
            });
  }

  private static boolean call(MethodHandle kill, int pid, Signal signal) {
    try {
      return (int) kill.invokeExact(pid, signal.number) == 0;
    } catch (Throwable e) {
      throw new IllegalStateException("kill(" + pid + ", " + signal.number + ") is broken", e);
    }
  }

  @SuppressWarnings("restricted")
  private static Optional<MethodHandle> nativeKill() {
    if (!Signals.class.getModule().isNativeAccessEnabled()) {
      LOG.info("--enable-native-access is not set: process groups are signalled one by one");
      return Optional.empty();
    }
    Linker linker = Linker.nativeLinker();
    Optional<MemorySegment> address = linker.defaultLookup().find("kill");
    return address.map(
        kill ->
            linker.downcallHandle(
                kill,
                FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT)));
  }
}

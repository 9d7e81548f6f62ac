package io.drainwatch.watcher.memory;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** {@code madvise(2)} and glibc's {@code malloc_trim(3)}; other C libraries have no such thing. */
final class Kernel implements Returning {
  private static final int MADV_DONTNEED = 4;

  /**
   * Else one touched page brings back 2 MiB, where the file system keeps a file in pages that
   * large.
   */
  private static final int MADV_NOHUGEPAGE = 15;

  private final MethodHandle madvise;
  private final MethodHandle trim;

  private Kernel(MethodHandle madvise, MethodHandle trim) {
    this.madvise = madvise;
    this.trim = trim;
  }

  /** Does nothing where the calls are not to be had. */
  @SuppressWarnings("restricted")
  static Returning ofThisProcess() {
    if (!Kernel.class.getModule().isNativeAccessEnabled()) {
      return Returning.NOTHING;
    }
    Linker linker = Linker.nativeLinker();
    var lookup = linker.defaultLookup();
    if (lookup.find("madvise").isEmpty() || lookup.find("malloc_trim").isEmpty()) {
      return Returning.NOTHING;
    }
    return new Kernel(
        linker.downcallHandle(
            lookup.findOrThrow("madvise"),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_INT)),
        linker.downcallHandle(
            lookup.findOrThrow("malloc_trim"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG)));
  }

  @Override
  public void fileAgain(Mapping mapping) {
    advise(mapping, MADV_NOHUGEPAGE);
    advise(mapping, MADV_DONTNEED);
  }

  /** What is refused stays as it is: nothing depends on it. */
  private void advise(Mapping mapping, int advice) {
    try {
      int refused =
          (int)
              madvise.invokeExact(
                  MemorySegment.ofAddress(mapping.from()), mapping.length(), advice);
      assert refused <= 0;
    } catch (Throwable e) {
      throw new IllegalStateException("madvise(2) is broken", e);
    }
  }

  @Override
  public void freed() {
    try {
      int given = (int) trim.invokeExact(0L);
      assert given >= 0;
    } catch (Throwable e) {
      throw new IllegalStateException("malloc_trim(3) is broken", e);
    }
  }
}

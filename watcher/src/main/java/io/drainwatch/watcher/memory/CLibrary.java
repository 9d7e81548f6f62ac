package io.drainwatch.watcher.memory;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** glibc's {@code malloc_trim(3)}; other C libraries have no such thing. */
final class CLibrary implements Returning {
  private final MethodHandle trim;

  private CLibrary(MethodHandle trim) {
    this.trim = trim;
  }

  /** Does nothing where the call is not to be had. */
  @SuppressWarnings("restricted")
  static Returning ofThisProcess() {
    if (!CLibrary.class.getModule().isNativeAccessEnabled()) {
      return Returning.NOTHING;
    }
    Linker linker = Linker.nativeLinker();
    var lookup = linker.defaultLookup();
    if (lookup.find("malloc_trim").isEmpty()) {
      return Returning.NOTHING;
    }
    return new CLibrary(
        linker.downcallHandle(
            lookup.findOrThrow("malloc_trim"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG)));
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

package io.drainwatch.watcher.terminal;

import java.io.Console;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The terminal of this process' standard output, by {@code ioctl(2)} with {@code TIOCGWINSZ}: the
 * one question that the JDK does not ask. On another system, or where native calls are not allowed,
 * by {@code COLUMNS} and {@code LINES}.
 */
public final class OwnTerminal implements Terminal {
  private static final int STANDARD_OUTPUT = 1;
  private static final long TIOCGWINSZ = 0x5413; // Linux on x86 and ARM
  private static final int NUMBERS = 4; // rows, columns, and the same in pixels

  private final Optional<MethodHandle> ioctl;
  private final Map<String, String> environment;

  private OwnTerminal(Optional<MethodHandle> ioctl, Map<String, String> environment) {
    this.ioctl = ioctl;
    this.environment = environment;
  }

  public static Terminal of(Map<String, String> environment) {
    return new OwnTerminal(ioctl(), environment);
  }

  @SuppressWarnings("restricted")
  private static Optional<MethodHandle> ioctl() {
    boolean isLinux =
        System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux");
    if (!isLinux || !OwnTerminal.class.getModule().isNativeAccessEnabled()) {
      return Optional.empty();
    }
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find("ioctl")
        .map(
            function ->
                linker.downcallHandle(
                    function,
                    FunctionDescriptor.of(
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.ADDRESS),
                    Linker.Option.firstVariadicArg(2)));
  }

  @Override
  public Optional<Size> size() {
    return ioctl.isPresent() ? asked(ioctl.get()) : told();
  }

  /** Refused (ENOTTY) for what is no terminal. */
  private Optional<Size> asked(MethodHandle call) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment answer = arena.allocate(ValueLayout.JAVA_SHORT, NUMBERS);
      int result = (int) call.invokeExact(STANDARD_OUTPUT, TIOCGWINSZ, answer);
      if (result != 0) {
        return Optional.empty();
      }
      int rows = Short.toUnsignedInt(answer.getAtIndex(ValueLayout.JAVA_SHORT, 0));
      int columns = Short.toUnsignedInt(answer.getAtIndex(ValueLayout.JAVA_SHORT, 1));
      // a line to a serial console does not know
      return Optional.of(rows > 0 && columns > 0 ? new Size(columns, rows) : byEnvironment());
    } catch (Throwable e) {
      throw new IllegalStateException("ioctl(2) is broken", e);
    }
  }

  private Optional<Size> told() {
    Console console = System.console();
    return console != null && console.isTerminal()
        ? Optional.of(byEnvironment())
        : Optional.empty();
  }

  private Size byEnvironment() {
    return new Size(number("COLUMNS", Size.USUAL.columns()), number("LINES", Size.USUAL.rows()));
  }

  private int number(String name, int otherwise) {
    String text = environment.getOrDefault(name, "");
    return text.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(text) : otherwise;
  }
}

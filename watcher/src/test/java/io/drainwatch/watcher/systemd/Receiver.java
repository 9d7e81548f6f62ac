package io.drainwatch.watcher.systemd;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What systemd would be: a unix datagram socket that is bound and read. */
final class Receiver implements AutoCloseable {
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int MSG_DONTWAIT = 0x40;

  private final Linker linker = Linker.nativeLinker();
  private final MethodHandle recv =
      handle(
          "recv",
          FunctionDescriptor.of(
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_INT));
  private final int descriptor;
  private final List<String> received = new ArrayList<>();

  Receiver(String path) {
    MethodHandle socket =
        handle(
            "socket",
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT));
    MethodHandle bind =
        handle(
            "bind",
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT));
    byte[] address = UnixDatagram.address(path.getBytes(StandardCharsets.UTF_8));
    try (Arena arena = Arena.ofConfined()) {
      descriptor = (int) socket.invokeExact(AF_UNIX, SOCK_DGRAM, 0);
      MemorySegment at = arena.allocate(address.length, Short.BYTES);
      MemorySegment.copy(address, 0, at, ValueLayout.JAVA_BYTE, 0, address.length);
      int bound = (int) bind.invokeExact(descriptor, at, address.length);
      if (descriptor < 0 || bound != 0) {
        throw new IllegalStateException("cannot bind " + path);
      }
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private MethodHandle handle(String name, FunctionDescriptor descriptor) {
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
  }

  private Optional<String> next() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(4096);
      long length = (long) recv.invokeExact(descriptor, buffer, buffer.byteSize(), MSG_DONTWAIT);
      return length < 0
          ? Optional.empty()
          : Optional.of(
              new String(
                  buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE),
                  StandardCharsets.UTF_8));
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** All datagrams so far. */
  List<String> received() {
    for (Optional<String> next = next(); next.isPresent(); next = next()) {
      received.add(next.get());
    }
    return List.copyOf(received);
  }

  @Override
  public void close() {
    try {
      int ignored =
          (int)
              handle("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT))
                  .invokeExact(descriptor);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}

package io.drainwatch.watcher.systemd;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Datagrams to a unix socket, by {@code socket(2)} and {@code sendto(2)}: Java has unix sockets for
 * streams only, and the {@code systemd-notify} program would be a process that is not the service's
 * main one, which {@code NotifyAccess=main} refuses. Linux on 64 bits. Used by one thread at a
 * time.
 */
final class UnixDatagram implements NotifySocket {
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int FAMILY_BYTES = 2;
  static final int LONGEST_PATH = 107;

  private static final StructLayout CAPTURED = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      CAPTURED.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private final MethodHandle sendto;
  private final MethodHandle close;
  private final byte[] address;
  private int descriptor;

  private UnixDatagram(MethodHandle sendto, MethodHandle close, int descriptor, byte[] address) {
    this.sendto = sendto;
    this.close = close;
    this.descriptor = descriptor;
    this.address = address;
  }

  /** What came of opening one. */
  sealed interface Opened {
    record Ready(NotifySocket socket) implements Opened {}

    record Not(String why) implements Opened {}
  }

  static boolean isPossible() {
    return UnixDatagram.class.getModule().isNativeAccessEnabled();
  }

  /**
   * @param path absolute, or {@code @} and a name in the abstract name space
   */
  @SuppressWarnings("restricted")
  static Opened open(String path) {
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    boolean isAbstract = path.startsWith("@");
    if (!isAbstract && !path.startsWith("/") || name.length < 2 || name.length > LONGEST_PATH) {
      return new Opened.Not("no address of a unix socket");
    }
    Linker linker = Linker.nativeLinker();
    MethodHandle socket =
        handle(
            linker,
            "socket",
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT));
    MethodHandle sendto =
        handle(
            linker,
            "sendto",
            FunctionDescriptor.of(
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT));
    MethodHandle close =
        handle(linker, "close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment captured = arena.allocate(CAPTURED);
      int descriptor = (int) socket.invokeExact(captured, AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
      return descriptor < 0
          ? new Opened.Not("errno " + (int) ERRNO.get(captured, 0L))
          : new Opened.Ready(new UnixDatagram(sendto, close, descriptor, address(name)));
    } catch (Throwable e) {
      throw new IllegalStateException("socket(2) is broken", e);
    }
  }

  @SuppressWarnings("restricted")
  private static MethodHandle handle(Linker linker, String name, FunctionDescriptor descriptor) {
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name),
        descriptor,
        Linker.Option.captureCallState("errno"));
  }

  /**
   * {@code sockaddr_un}, only as long as it need be: an abstract name has no end but its length.
   */
  static byte[] address(byte[] name) {
    boolean isAbstract = name[0] == '@';
    byte[] address = new byte[FAMILY_BYTES + name.length + (isAbstract ? 0 : 1)];
    if (java.nio.ByteOrder.nativeOrder() == java.nio.ByteOrder.LITTLE_ENDIAN) {
      address[0] = AF_UNIX;
    } else {
      address[1] = AF_UNIX;
    }
    System.arraycopy(name, 0, address, FAMILY_BYTES, name.length);
    if (isAbstract) {
      address[FAMILY_BYTES] = 0;
    }
    return address;
  }

  @Override
  public Optional<String> send(String message) {
    if (descriptor < 0) {
      return Optional.of("closed");
    }
    byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment captured = arena.allocate(CAPTURED);
      MemorySegment to = arena.allocate(address.length, Short.BYTES);
      MemorySegment.copy(address, 0, to, ValueLayout.JAVA_BYTE, 0, address.length);
      MemorySegment data = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
      long sent =
          (long)
              sendto.invokeExact(
                  captured,
                  descriptor,
                  data,
                  (long) bytes.length,
                  MSG_DONTWAIT | MSG_NOSIGNAL,
                  to,
                  address.length);
      return sent == bytes.length
          ? Optional.empty()
          : Optional.of("errno " + (int) ERRNO.get(captured, 0L));
    } catch (Throwable e) {
      throw new IllegalStateException("sendto(2) is broken", e);
    }
  }

  @Override
  public void close() {
    if (descriptor < 0) {
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      int ignored = (int) close.invokeExact(arena.allocate(CAPTURED), descriptor);
    } catch (Throwable e) {
      throw new IllegalStateException("close(2) is broken", e);
    }
    descriptor = -1;
  }
}

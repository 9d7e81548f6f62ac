package io.drainwatch.drainer.scripts;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** File descriptors to wait for, and a buffer to read them into. For one thread. */
final class PollSet {

  /** {@code struct pollfd}: descriptor, what is wanted, what has come. */
  private static final long ENTRY = 8;

  private static final long WANTED = 4;
  private static final long CAME = 6;
  private static final short READABLE = 1;
  private static final int FOR_EVER = -1;
  private static final int FIRST_ROOM = 16;

  private final Arena arena;
  private final MemorySegment one;
  private final MemorySegment buffer;
  private final byte[] bytes = new byte[16 * 1024];
  private MemorySegment entries;
  private int size;

  /**
   * What was read.
   *
   * @param bytes used again by the next read
   * @param length 0 at the end, less when it failed
   */
  @SuppressWarnings("ArrayRecordComponent") // a view of the one buffer, never compared
  record Chunk(byte[] bytes, int length) {}

  PollSet(Arena arena) {
    this.arena = arena;
    one = arena.allocate(ENTRY, ValueLayout.JAVA_INT.byteAlignment());
    buffer = arena.allocate(bytes.length);
    entries = room(FIRST_ROOM);
  }

  void clear() {
    size = 0;
  }

  void add(int descriptor) {
    if (size * ENTRY == entries.byteSize()) {
      MemorySegment more = room(size * 2);
      more.copyFrom(entries);
      entries = more; // the old one goes with the arena
    }
    set(entries, size++, descriptor);
  }

  /** Waits until one of them is ready; false when the wait was broken off. */
  boolean await() {
    return SystemCalls.poll(entries, size, FOR_EVER) > 0;
  }

  /** Whether there is something to read, or the end, or an error. */
  boolean isReady(int index) {
    return entries.get(ValueLayout.JAVA_SHORT, index * ENTRY + CAME) != 0;
  }

  boolean isReadyNow(int descriptor) {
    set(one, 0, descriptor);
    return SystemCalls.poll(one, 1, 0) > 0;
  }

  /** Does not block when it is ready. */
  Chunk read(int descriptor) {
    int length = SystemCalls.read(descriptor, buffer);
    if (length > 0) {
      MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, bytes, 0, length);
    }
    return new Chunk(bytes, length);
  }

  private MemorySegment room(int count) {
    return arena.allocate(count * ENTRY, ValueLayout.JAVA_INT.byteAlignment());
  }

  private static void set(MemorySegment entries, int index, int descriptor) {
    entries.set(ValueLayout.JAVA_INT, index * ENTRY, descriptor);
    entries.set(ValueLayout.JAVA_SHORT, index * ENTRY + WANTED, READABLE);
    entries.set(ValueLayout.JAVA_SHORT, index * ENTRY + CAME, (short) 0);
  }
}

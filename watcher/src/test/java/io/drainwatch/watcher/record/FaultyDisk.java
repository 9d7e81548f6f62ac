package io.drainwatch.watcher.record;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Another disk with faults: chosen operations fail until told otherwise. */
final class FaultyDisk implements Disk {
  enum Operation {
    READ,
    OPEN,
    CREATE,
    WRITE,
    TRUNCATE,
    FORCE,
    RENAME,
    DELETE,
    FORCE_DIRECTORY
  }

  private final Disk disk;
  private final Set<Operation> failing = EnumSet.noneOf(Operation.class);
  private OptionalInt bytesLeft = OptionalInt.empty();

  FaultyDisk(Disk disk) {
    this.disk = disk;
  }

  void fail(Operation... operations) {
    failing.addAll(List.of(operations));
  }

  /** Of the next writes, so many bytes arrive; then the disk is full. */
  void leave(int bytes) {
    bytesLeft = OptionalInt.of(bytes);
  }

  void heal() {
    failing.clear();
    bytesLeft = OptionalInt.empty();
  }

  private void check(Operation operation) throws IOException {
    if (failing.contains(operation)) {
      throw new IOException("injected: " + operation);
    }
  }

  @Override
  public boolean exists(Path path) {
    return disk.exists(path);
  }

  @Override
  public OptionalLong size(Path file) throws IOException {
    return disk.size(file);
  }

  @Override
  public byte[] read(Path file, long atMost) throws IOException {
    check(Operation.READ);
    return disk.read(file, atMost);
  }

  @Override
  public List<String> names(Path directory) throws IOException {
    return disk.names(directory);
  }

  @Override
  public OpenFile create(Path file) throws IOException {
    check(Operation.CREATE);
    return new Faulty(disk.create(file));
  }

  @Override
  public OpenFile open(Path file) throws IOException {
    check(Operation.OPEN);
    return new Faulty(disk.open(file));
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    check(Operation.RENAME);
    disk.rename(from, to);
  }

  @Override
  public void delete(Path file) throws IOException {
    check(Operation.DELETE);
    disk.delete(file);
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    check(Operation.FORCE_DIRECTORY);
    disk.forceDirectory(directory);
  }

  private final class Faulty implements OpenFile {
    private final OpenFile file;

    Faulty(OpenFile file) {
      this.file = file;
    }

    @Override
    public void truncate(long size) throws IOException {
      check(Operation.TRUNCATE);
      file.truncate(size);
    }

    @Override
    public void write(long position, byte[] bytes) throws IOException {
      check(Operation.WRITE);
      int fits = Math.min(bytesLeft.orElse(bytes.length), bytes.length);
      file.write(position, Arrays.copyOf(bytes, fits));
      if (bytesLeft.isPresent()) {
        bytesLeft = OptionalInt.of(bytesLeft.getAsInt() - fits);
      }
      if (fits < bytes.length) {
        throw new IOException("No space left on device");
      }
    }

    @Override
    public void force() throws IOException {
      if (failing.contains(Operation.FORCE) && file instanceof MemoryDisk.Failing memory) {
        memory.failForce();
      }
      check(Operation.FORCE);
      file.force();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}

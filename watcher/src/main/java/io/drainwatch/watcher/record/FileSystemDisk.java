package io.drainwatch.watcher.record;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The real file system. Reads and writes with the old stream classes on purpose: a {@link
 * FileChannel} is closed under the feet of a thread that is interrupted, and a daemon told to stop
 * must still be able to write its last record. Follows no link in the last component.
 */
final class FileSystemDisk implements Disk {

  @Override
  public boolean exists(Path path) {
    return Files.exists(path, NOFOLLOW_LINKS);
  }

  @Override
  public OptionalLong size(Path file) throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    }
    if (!attributes.isRegularFile()) {
      throw new IOException("not a regular file: " + file);
    }
    return OptionalLong.of(attributes.size());
  }

  @Override
  public byte[] read(Path file, long atMost) throws IOException {
    long size = existingSize(file);
    if (size <= atMost) {
      try (InputStream in = new FileInputStream(file.toFile())) {
        byte[] bytes = in.readNBytes((int) Math.min(atMost + 1, Integer.MAX_VALUE - 8));
        size = bytes.length;
        if (size <= atMost) {
          return bytes;
        }
      }
    }
    throw new IOException(
        "%s has %d bytes, and no more than %d are read".formatted(file, size, atMost));
  }

  @Override
  public List<String> names(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> String.valueOf(entry.getFileName())).toList();
    }
  }

  @Override
  public OpenFile create(Path file) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return open(file);
  }

  @Override
  public OpenFile open(Path file) throws IOException {
    existingSize(file);
    return new Opened(new RandomAccessFile(file.toFile(), "rw"));
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Files.move(from, to, ATOMIC_MOVE, REPLACE_EXISTING);
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    boolean interrupted = false;
    try {
      while (!forcedUninterrupted(directory)) {
        interrupted |= Thread.interrupted();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Only a channel can force a directory; interrupted, it is simply asked again. */
  private static boolean forcedUninterrupted(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
      return true;
    } catch (ClosedByInterruptException e) {
      return false;
    }
  }

  private long existingSize(Path file) throws IOException {
    return size(file).orElseThrow(() -> new NoSuchFileException(file.toString()));
  }

  private record Opened(RandomAccessFile file) implements OpenFile {
    @Override
    public void truncate(long size) throws IOException {
      file.setLength(size);
    }

    @Override
    public void write(long position, byte[] bytes) throws IOException {
      file.seek(position);
      file.write(bytes);
    }

    @Override
    public void force() throws IOException {
      file.getFD().sync();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}

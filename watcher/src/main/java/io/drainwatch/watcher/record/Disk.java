package io.drainwatch.watcher.record;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * The few things this package does to a file system, so that a test can let each of them fail or
 * lose what was not forced. {@link FileSystemDisk} is the real one.
 */
interface Disk {

  /** Whether anything bears that name: a file, a directory, a link to nowhere. */
  boolean exists(Path path);

  /**
   * How many bytes the file has; empty when there is none.
   *
   * @throws IOException also when it is there and no regular file
   */
  OptionalLong size(Path file) throws IOException;

  /**
   * The whole file.
   *
   * @throws IOException also when it is no regular file or has more than {@code atMost} bytes
   */
  byte[] read(Path file, long atMost) throws IOException;

  /** Names (not paths) of what lies in the directory, in no order. */
  List<String> names(Path directory) throws IOException;

  /** A new empty file for the owner alone (0600), in place of an older one of that name. */
  OpenFile create(Path file) throws IOException;

  /** An existing regular file, for writing. */
  OpenFile open(Path file) throws IOException;

  /** Atomic; takes the place of what bore that name. */
  void rename(Path from, Path to) throws IOException;

  /** That there is no such file is fine. */
  void delete(Path file) throws IOException;

  /** Makes creations, renames and deletions in the directory durable. */
  void forceDirectory(Path directory) throws IOException;

  /** A file open for writing. Nothing is durable before {@link #force}. */
  interface OpenFile extends Closeable {

    /** Cuts the file to {@code size} bytes. */
    void truncate(long size) throws IOException;

    /** All bytes, or an exception and any part of them written. */
    void write(long position, byte[] bytes) throws IOException;

    void force() throws IOException;
  }

  /**
   * Puts a whole new file in the place of {@code name}: at every moment, and after a crash at any
   * moment, there is the old content or the new. Durable when it returns; after an exception it is
   * one of the two, and the next crash may choose the other.
   */
  default void replace(Path directory, String name, byte[] content) throws IOException {
    Path fresh = directory.resolve(name + ".new");
    try {
      try (OpenFile file = create(fresh)) {
        file.write(0, content);
        file.force();
      }
      rename(fresh, directory.resolve(name));
    } catch (IOException e) {
      giveBack(fresh, e);
      throw e;
    }
    forceDirectory(directory);
  }

  /** On a full disk the half-written file must not keep the space. */
  private void giveBack(Path fresh, IOException cause) {
    try {
      delete(fresh);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }
}

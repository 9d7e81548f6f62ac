package io.drainwatch.watcher.record;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One daemon per state directory. The kernel drops the lock when the process dies, however it dies,
 * so the file may stay; its content only serves the message for the second one.
 *
 * <p>A POSIX lock is lost as soon as its process closes <em>any</em> descriptor of the file. So
 * within this process a set is asked first, and the file is not even opened a second time.
 */
final class DirectoryLock implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(DirectoryLock.class);
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final FileChannel channel;
  private final Path directory;

  private DirectoryLock(FileChannel channel, Path directory) {
    this.channel = channel;
    this.directory = directory;
  }

  static DirectoryLock take(Path directory) throws StateDirectoryException {
    try {
      Path real = directory.toRealPath();
      if (!HELD_HERE.add(real)) {
        throw taken(directory, "this very process, " + ProcessHandle.current().pid());
      }
      try {
        return new DirectoryLock(locked(directory), real);
      } catch (IOException | RuntimeException e) {
        HELD_HERE.remove(real);
        throw e;
      }
    } catch (StateDirectoryException e) {
      throw e;
    } catch (IOException e) {
      throw new StateDirectoryException(
          "State directory " + directory + " cannot be locked: " + Reason.of(e), e);
    }
  }

  private static FileChannel locked(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve("lock"),
            Set.of(CREATE, READ, WRITE, NOFOLLOW_LINKS),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      if (channel.tryLock() == null) {
        throw taken(directory, "process " + pidIn(channel));
      }
      writePid(channel);
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static String pidIn(FileChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(20);
    channel.read(buffer, 0);
    String text = new String(buffer.array(), 0, buffer.position(), US_ASCII).strip();
    return text.matches("\\d+") ? text : "(it has not said which)";
  }

  /** A full disk must not keep a daemon from starting, so this may fail. */
  private static void writePid(FileChannel channel) {
    try {
      channel.truncate(0);
      channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(US_ASCII)), 0);
    } catch (IOException e) {
      LOG.warn("The process id could not be written into the lock: {}", Reason.of(e));
    }
  }

  private static StateDirectoryException taken(Path directory, String by) {
    return new StateDirectoryException(
        "State directory %s is in use by %s: another Drainwatch runs here. Stop it first, or give this one a directory of its own."
            .formatted(directory, by));
  }

  /** The file stays: removed, a third one could lock a new file beside the second's. */
  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      HELD_HERE.remove(directory);
    }
  }
}

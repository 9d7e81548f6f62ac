package io.drainwatch.drainer.scripts;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Logs of scripts: files 0640, directories 0750, made when missing (drain-scripts.md 1.7, 3.4). */
final class LogFile {

  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-r-----");
  private static final Set<PosixFilePermission> DIRECTORY =
      PosixFilePermissions.fromString("rwxr-x---");
  private static final Set<OpenOption> APPENDING = Set.of(CREATE, WRITE, APPEND, NOFOLLOW_LINKS);

  private LogFile() {}

  static FileChannel openForAppending(Path path) throws IOException {
    Path directory = path.getParent();
    if (directory != null) {
      makeDirectory(directory);
    }
    boolean isNew = Files.notExists(path, NOFOLLOW_LINKS);
    if (!isNew && !Files.isRegularFile(path, NOFOLLOW_LINKS)) { // opening a FIFO would hang
      throw new FileSystemException(path.toString(), null, "not a regular file");
    }
    FileChannel file =
        FileChannel.open(path, APPENDING, PosixFilePermissions.asFileAttribute(FILE));
    if (isNew) {
      Files.setPosixFilePermissions(path, FILE); // whatever the umask took away
    }
    return file;
  }

  /** Scripts of several jobs may make the same directories at once. */
  private static void makeDirectory(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return;
    }
    Path parent = path.getParent();
    if (parent != null) {
      makeDirectory(parent);
    }
    try {
      Files.createDirectory(path, PosixFilePermissions.asFileAttribute(DIRECTORY));
      Files.setPosixFilePermissions(path, DIRECTORY);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(path)) {
        throw e;
      }
    }
  }
}

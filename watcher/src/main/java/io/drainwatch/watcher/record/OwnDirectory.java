package io.drainwatch.watcher.record;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.attribute.PosixFilePermission.GROUP_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_WRITE;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory that nobody else can have put anything into: what lies in it decides what is run and
 * undone on this machine. Made with mode 0700 when missing; an existing one may be readable for
 * others, since that is the operator's choice, but not writable.
 */
final class OwnDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(OwnDirectory.class);
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private OwnDirectory() {}

  static void ensure(Path directory) throws StateDirectoryException {
    create(directory);
    PosixFileAttributes attributes;
    try {
      attributes = Files.readAttributes(directory, PosixFileAttributes.class, NOFOLLOW_LINKS);
      if (attributes.isSymbolicLink()) {
        throw refused(directory, "is a symbolic link; name the directory it points to");
      }
      if (!attributes.isDirectory()) {
        throw refused(directory, "is not a directory");
      }
      OptionalInt us = ProcessOwner.uid();
      int owner =
          (Integer)
              Objects.requireNonNull(Files.getAttribute(directory, "unix:uid", NOFOLLOW_LINKS));
      if (us.isPresent() && us.getAsInt() != owner) {
        throw refused(
            directory,
            "belongs to %s (uid %d) and not to uid %d, who runs this; change its owner or the user"
                .formatted(attributes.owner().getName(), owner, us.getAsInt()));
      }
    } catch (StateDirectoryException e) {
      throw e;
    } catch (IOException e) {
      throw new StateDirectoryException(
          "State directory " + directory + " cannot be examined: " + Reason.of(e), e);
    }
    Set<PosixFilePermission> mode = attributes.permissions();
    if (mode.contains(GROUP_WRITE) || mode.contains(OTHERS_WRITE)) {
      throw refused(
          directory,
          "can be written by others (%s); chmod 0700 it after a look at what is in it"
              .formatted(PosixFilePermissions.toString(mode)));
    }
  }

  private static void create(Path directory) throws StateDirectoryException {
    if (Files.exists(directory, NOFOLLOW_LINKS)) {
      return;
    }
    try {
      Path parent = directory.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.createDirectory(directory, OWNER_ONLY);
      if (parent != null) {
        forceEntry(parent);
      }
    } catch (FileAlreadyExistsException e) {
      // somebody was quicker: the checks tell whether it may be used
    } catch (IOException e) {
      throw new StateDirectoryException(
          "State directory " + directory + " cannot be created: " + Reason.of(e), e);
    }
  }

  /** Or a crash would take the whole directory, and what is forced in it, away again. */
  private static void forceEntry(Path parent) {
    try {
      new FileSystemDisk().forceDirectory(parent);
    } catch (IOException e) {
      // a parent that we may pass but not read: the system writes it within seconds by itself
      LOG.debug("{} could not be forced to the disk: {}", parent, Reason.of(e));
    }
  }

  private static StateDirectoryException refused(Path directory, String why) {
    return new StateDirectoryException("State directory " + directory + " " + why);
  }
}

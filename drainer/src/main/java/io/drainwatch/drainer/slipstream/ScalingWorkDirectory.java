package io.drainwatch.drainer.slipstream;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * The current directory of SlipStream's scripts. Its place, {@code /var/tmp}, is open to every
 * user: one that somebody else has put there first (or a link) would have the daemon's scripts
 * write where he likes, so it is not used.
 */
record ScalingWorkDirectory(Path path) {

  private static final int ROOT = 0;

  /** Makes it if it is missing; tells why it cannot be used. */
  Optional<String> obstacle() {
    try {
      make();
      if (!Files.isDirectory(path, NOFOLLOW_LINKS)) {
        return Optional.of(path + " is no directory");
      }
      int owner = owner(path);
      if (owner != ROOT && owner != owner(Path.of("/proc/self").toRealPath())) {
        return Optional.of(path + " belongs to uid " + owner);
      }
      Set<PosixFilePermission> modes = Files.getPosixFilePermissions(path, NOFOLLOW_LINKS);
      return modes.contains(PosixFilePermission.GROUP_WRITE)
              || modes.contains(PosixFilePermission.OTHERS_WRITE)
          ? Optional.of(path + " is writable by others: " + PosixFilePermissions.toString(modes))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.of("cannot make or look at " + path + ": " + e);
    }
  }

  private void make() throws IOException {
    if (Files.notExists(path, NOFOLLOW_LINKS)) {
      try {
        Path parent = path.getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        Files.createDirectory(
            path,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } catch (FileAlreadyExistsException e) {
        return; // somebody was faster: who, is looked at like any other
      }
    }
  }

  private static int owner(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:uid", NOFOLLOW_LINKS);
  }
}

package io.drainwatch.drainer.scripts;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What {@code lstat} tells of a file. A seam: tests look at directories under a world-writable
 * {@code /tmp} and at owners that only root could give.
 */
@FunctionalInterface
interface FileFacts {

  /**
   * @param mode type, setuid, setgid, sticky and permission bits, as in {@code st_mode}
   */
  record Facts(int uid, int mode) {
    private static final int TYPE = 0170000;

    boolean isLink() {
      return (mode & TYPE) == 0120000;
    }

    boolean isDirectory() {
      return (mode & TYPE) == 0040000;
    }

    boolean isRegularFile() {
      return (mode & TYPE) == 0100000;
    }

    boolean isWritableByOthers() {
      return (mode & 0022) != 0;
    }

    boolean setsUserOrGroup() {
      return (mode & 06000) != 0;
    }

    String permissions() {
      return "mode %04o".formatted(mode & 07777);
    }
  }

  Facts of(Path path) throws IOException;

  /** Asks the system, follows no link and opens nothing. */
  static FileFacts ofSystem() {
    return path -> {
      Map<String, Object> facts = Files.readAttributes(path, "unix:uid,mode", NOFOLLOW_LINKS);
      if (facts.get("uid") instanceof Integer uid && facts.get("mode") instanceof Integer mode) {
        return new Facts(uid, mode);
      }
      throw new IOException("no owner and mode known of " + path);
    };
  }
}

package io.drainwatch.dist;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The two steps by which Java makes an archive of classes: a run is recorded, then dumped.
 *
 * <p>By a list of classes, not as what JDK 25 calls an AOT cache: that one keeps lambdas and the
 * forms of method handles only when it is linked, and then all its classes are there, and cost,
 * from the start. In this one they are kept, and cost when they are used.
 */
final class Cache {
  static final String OPTIONS = "DRAINWATCH_JAVA_OPTIONS";

  private static final int PIECE = 10_240;

  private Cache() {}

  static Map<String, String> recording(Path recorded) {
    return Map.of(OPTIONS, "-XX:DumpLoadedClassList=" + recorded);
  }

  /**
   * @param recorded deleted
   */
  static void create(Path launcher, Path recorded, Path cache)
      throws IOException, InterruptedException {
    Path made = recorded.resolveSibling("made");
    String options =
        "-Xshare:dump -XX:SharedClassListFile=" + recorded + " -XX:SharedArchiveFile=" + made;
    String said = Processes.run(Started.drainwatch(launcher, Map.of(OPTIONS, options)));
    if (!Files.isReadable(made)) {
      throw new IOException("no archive of classes was made: " + said);
    }
    inSmallPieces(made, cache);
    Files.delete(made);
    Files.delete(recorded);
  }

  /**
   * As it is unpacked elsewhere. As the JVM writes it the file system may keep it in pages of 2
   * MiB, of which one touch makes all resident: what is measured here would not be what is shipped.
   */
  private static void inSmallPieces(Path from, Path to) throws IOException {
    byte[] piece = new byte[PIECE];
    try (InputStream in = Files.newInputStream(from);
        OutputStream out = Files.newOutputStream(to)) {
      for (int length = in.read(piece); length > 0; length = in.read(piece)) {
        out.write(piece, 0, length);
      }
    }
  }
}

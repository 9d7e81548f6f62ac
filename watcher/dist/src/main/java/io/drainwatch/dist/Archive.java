package io.drainwatch.dist;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/** A directory as .tar.gz: sorted, of root, all of one time. And its checksum beside it. */
final class Archive {
  private Archive() {}

  /**
   * @param top what the directory is called in the archive
   */
  static void write(Path directory, String top, Instant time, Path archive) throws IOException {
    GzipParameters parameters = new GzipParameters();
    parameters.setCompressionLevel(9);
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(archive));
        OutputStream compressed = new GzipCompressorOutputStream(file, parameters);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(compressed)) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      List<Path> paths;
      try (Stream<Path> all = Files.walk(directory)) {
        paths = all.filter(each -> !each.equals(directory)).sorted().toList();
      }
      for (Path each : paths) {
        String name = top + "/" + directory.relativize(each) + (Files.isDirectory(each) ? "/" : "");
        TarArchiveEntry entry = new TarArchiveEntry(name);
        boolean runs = Files.isDirectory(each) || Files.isExecutable(each);
        entry.setMode(runs ? 0755 : 0644);
        entry.setIds(0, 0);
        entry.setNames("root", "root");
        entry.setLastModifiedTime(FileTime.from(time));
        if (Files.isRegularFile(each)) {
          entry.setSize(Files.size(each));
        }
        tar.putArchiveEntry(entry);
        if (Files.isRegularFile(each)) {
          Files.copy(each, tar);
        }
        tar.closeArchiveEntry();
      }
    }
  }

  /** As {@code sha256sum} writes it, and {@code sha256sum -c} reads it. */
  static Path writeChecksum(Path archive) throws IOException {
    String name = archive.getFileName().toString();
    return Files.writeString(
        archive.resolveSibling(name + ".sha256"), sha256(archive) + "  " + name + "\n");
  }

  static String sha256(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

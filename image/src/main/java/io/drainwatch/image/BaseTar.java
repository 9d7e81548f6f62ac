package io.drainwatch.image;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** A base image of one layer, as {@code docker save} writes it. jib itself cannot make links. */
final class BaseTar {
  private static final ObjectMapper JSON = new ObjectMapper();

  private BaseTar() {}

  static Path write(SortedMap<String, Entry> entries, String architecture, Path file)
      throws IOException {
    byte[] layer = layer(entries);
    Map<String, Object> config =
        Map.of(
            "architecture",
            architecture,
            "os",
            "linux",
            "rootfs",
            Map.of("type", "layers", "diff_ids", List.of("sha256:" + Downloads.sha256(layer))));
    Map<String, Object> manifest =
        Map.of("Config", "config.json", "Layers", List.of("layer.tar"), "RepoTags", List.of());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = tar(bytes)) {
      put(tar, "config.json", JSON.writeValueAsBytes(config), 0644);
      put(tar, "layer.tar", layer, 0644);
      put(tar, "manifest.json", JSON.writeValueAsBytes(List.of(manifest)), 0644);
    }
    return Files.write(file, bytes.toByteArray());
  }

  private static byte[] layer(SortedMap<String, Entry> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = tar(bytes)) {
      for (Map.Entry<String, Entry> each : entries.entrySet()) {
        switch (each.getValue()) {
          case Entry.File(byte[] content, int mode) -> put(tar, each.getKey(), content, mode);
          case Entry.Directory(int mode, int owner) -> {
            TarArchiveEntry entry = new TarArchiveEntry(each.getKey() + "/");
            entry.setMode((TarArchiveEntry.DEFAULT_DIR_MODE & ~0777) | mode);
            entry.setIds(owner, owner);
            close(tar, entry);
          }
          case Entry.Link(String target) -> {
            TarArchiveEntry entry = new TarArchiveEntry(each.getKey(), TarConstants.LF_SYMLINK);
            entry.setLinkName(target);
            close(tar, entry);
          }
        }
      }
    }
    return bytes.toByteArray();
  }

  private static TarArchiveOutputStream tar(ByteArrayOutputStream bytes) {
    TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes);
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    return tar;
  }

  private static void put(TarArchiveOutputStream tar, String path, byte[] content, int mode)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(path);
    entry.setMode((TarArchiveEntry.DEFAULT_FILE_MODE & ~0777) | mode);
    entry.setSize(content.length);
    entry.setModTime(0);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  private static void close(TarArchiveOutputStream tar, TarArchiveEntry entry) throws IOException {
    entry.setModTime(0);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }
}

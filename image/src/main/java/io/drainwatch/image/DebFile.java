package io.drainwatch.image;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * What is in a Debian package.
 *
 * @param entries by path without a slash in front; directories are left out
 * @param control the package's description
 */
@SuppressWarnings("ArrayRecordComponent")
record DebFile(SortedMap<String, Entry> entries, byte[] control) {
  static DebFile read(Path file) throws IOException {
    SortedMap<String, Entry> entries = new TreeMap<>();
    SortedMap<String, Entry> about = new TreeMap<>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
        ArArchiveInputStream parts = new ArArchiveInputStream(in)) {
      ArArchiveEntry part;
      while ((part = parts.getNextEntry()) != null) {
        byte[] content = parts.readAllBytes();
        switch (part.getName()) {
          case "data.tar.xz" -> entries.putAll(tar(content));
          case "control.tar.xz" -> about.putAll(tar(content));
          case "debian-binary" -> {}
          default -> throw new IOException(file + " has an unknown part: " + part.getName());
        }
      }
    }
    if (about.get("control") instanceof Entry.File control) {
      return new DebFile(entries, control.content());
    }
    throw new IOException(file + " is no Debian package: nothing describes it");
  }

  private static SortedMap<String, Entry> tar(byte[] compressed) throws IOException {
    SortedMap<String, Entry> entries = new TreeMap<>();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(compressed)))) {
      TarArchiveEntry entry;
      while ((entry = tar.getNextEntry()) != null) {
        String path = entry.getName().replaceFirst("^\\./", "");
        if (entry.isSymbolicLink()) {
          entries.put(path, new Entry.Link(entry.getLinkName()));
        } else if (entry.isFile()) {
          entries.put(path, new Entry.File(tar.readAllBytes(), entry.getMode() & 0777));
        } else if (!entry.isDirectory()) {
          throw new IOException("neither file, link nor directory: " + path);
        }
      }
    }
    return entries;
  }
}

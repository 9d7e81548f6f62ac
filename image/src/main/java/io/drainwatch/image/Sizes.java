package io.drainwatch.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** How large an image is, layer by layer, as pulled and as unpacked. */
final class Sizes {
  private Sizes() {}

  /**
   * @param names of the last layers; those below belong to the base image
   */
  static void print(Path tar, List<String> names, PrintStream out) throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    try (TarArchiveInputStream in = new TarArchiveInputStream(Files.newInputStream(tar))) {
      TarArchiveEntry entry;
      while ((entry = in.getNextEntry()) != null) {
        files.put(entry.getName(), in.readAllBytes());
      }
    }
    JsonNode layers =
        new ObjectMapper().readTree(part(files, "manifest.json")).get(0).get("Layers");
    int below = layers.size() - names.size();
    out.printf("%-12s %9s %13s%n", "layer", "pulled", "unpacked");
    long pulled = 0;
    long unpacked = 0;
    for (int i = 0; i < layers.size(); i++) {
      byte[] compressed = part(files, layers.get(i).asText());
      long length;
      try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
        length = in.transferTo(OutputStream.nullOutputStream());
      }
      line(out, i < below ? "base" : names.get(i - below), compressed.length, length);
      pulled += compressed.length;
      unpacked += length;
    }
    line(out, "all", pulled, unpacked);
    out.println(tar);
  }

  private static void line(PrintStream out, String name, long pulled, long unpacked) {
    out.printf("%-12s %5.1f MiB %9.1f MiB%n", name, pulled / 1048576.0, unpacked / 1048576.0);
  }

  private static byte[] part(Map<String, byte[]> files, String name) throws IOException {
    byte[] content = files.get(name);
    if (content == null) {
      throw new IOException("the image lacks " + name);
    }
    return content;
  }
}

package io.drainwatch.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** How large an image is, layer by layer, as pulled and as unpacked. */
final class Sizes {
  private Sizes() {}

  static void print(Path tar, PrintStream out) throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    try (TarArchiveInputStream in = new TarArchiveInputStream(Files.newInputStream(tar))) {
      TarArchiveEntry entry;
      while ((entry = in.getNextEntry()) != null) {
        files.put(entry.getName(), in.readAllBytes());
      }
    }
    JsonNode manifest =
        new ObjectMapper().readTree(part(files, "manifest.json")).get(0);
    out.printf("%-12s %10s %10s%n", "layer", "pulled", "unpacked");
    long pulled = 0;
    long unpacked = 0;
    for (JsonNode layer : manifest.get("Layers")) {
      byte[] compressed = part(files, layer.asText());
      long length;
      try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
        length = in.transferTo(java.io.OutputStream.nullOutputStream());
      }
      line(out, layer.asText().substring(0, 12), compressed.length, length);
      pulled += compressed.length;
      unpacked += length;
    }
    line(out, "all", pulled, unpacked);
    out.println(tar);
  }

  private static void line(PrintStream out, String name, long pulled, long unpacked) {
    out.printf("%-12s %6.1f MiB %6.1f MiB%n", name, pulled / 1048576.0, unpacked / 1048576.0);
  }

  private static byte[] part(Map<String, byte[]> files, String name) throws IOException {
    byte[] content = files.get(name);
    if (content == null) {
      throw new IOException("the image lacks " + name);
    }
    return content;
  }
}

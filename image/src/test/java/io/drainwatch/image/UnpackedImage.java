package io.drainwatch.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The image that the build made, unpacked as a container runtime would; with owners only for root.
 */
record UnpackedImage(Path root, JsonNode config) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Path file() throws IOException {
    Path directory = Path.of(System.getProperty("image.directory"));
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().matches("drainwatch-.*\\.tar"))
          .findFirst()
          .orElseThrow(() -> new IOException("no image in " + directory));
    }
  }

  static UnpackedImage into(Path directory) throws Exception {
    Path parts = Files.createDirectories(directory.resolve("parts"));
    Path root = Files.createDirectories(directory.resolve("root"));
    tar("-xf", file().toString(), "-C", parts.toString());
    JsonNode manifest = JSON.readTree(parts.resolve("manifest.json").toFile()).get(0);
    for (JsonNode layer : manifest.get("Layers")) {
      tar(
          "--warning=no-unknown-keyword",
          "-xpzf",
          parts.resolve(layer.asText()).toString(),
          "-C",
          root.toString());
    }
    Path config = parts.resolve(manifest.get("Config").asText());
    return new UnpackedImage(root, JSON.readTree(config.toFile()).get("config"));
  }

  private static void tar(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("tar"));
    command.addAll(List.of(arguments));
    int code = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (code != 0) {
      throw new IOException(command + " ended with " + code);
    }
  }

  List<String> texts(String member) {
    return StreamSupport.stream(config.get(member).spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }
}

package io.drainwatch.watcher.notify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Something that must not be seen: given in the configuration, or in a file of its own. */
public sealed interface Secret {
  int MOST_BYTES = 8_192;

  /** Given as it is. */
  record Given(String text) implements Secret {
    @Override
    public String toString() {
      return "(not shown)";
    }
  }

  /** In a file, read anew each time: it may be a mounted secret that is renewed. */
  record InFile(Path path) implements Secret {}

  /**
   * One line, without blanks around it.
   *
   * @throws IOException with the file and never with what stands in it
   */
  default String read() throws IOException {
    return switch (this) {
      case Given(String text) -> text;
      case InFile(Path path) -> read(path);
    };
  }

  private static String read(Path path) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(path)) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    } catch (IOException e) {
      throw new IOException(path + " cannot be read: " + e.getClass().getSimpleName(), e);
    }
    String text = new String(bytes, StandardCharsets.UTF_8).strip();
    if (bytes.length > MOST_BYTES || text.isEmpty()) {
      throw new IOException(path + " must hold one line of at most " + MOST_BYTES + " bytes");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new IOException(path + " holds more than one line, or control characters");
    }
    return text;
  }
}

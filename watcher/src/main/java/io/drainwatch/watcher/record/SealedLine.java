package io.drainwatch.watcher.record;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * One JSON object on one line that tells whether it is whole: its last member is {@code "crc":"<8
 * hex digits>"}, the CRC-32C of every byte before that member's comma. Every version of every file
 * in the state directory keeps this shape, so that "damaged" and "newer than I am" cannot be
 * confused.
 *
 * <p>Only ASCII is written. It reads the same everywhere, and it lets half a surrogate pair
 * through: the platform may send one in a description, and UTF-8 has no bytes for it.
 */
final class SealedLine {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final String MEMBER = ",\"crc\":\"";
  private static final int DIGITS = 8;
  private static final int SEAL = MEMBER.length() + DIGITS + 2;

  private SealedLine() {}

  /** With the line feed at its end. The object must have a member and none called crc. */
  static byte[] seal(ObjectNode object) throws JsonProcessingException {
    byte[] json = JSON.writeValueAsBytes(object);
    int body = json.length - 1;
    byte[] end = (MEMBER + crc(json, body) + "\"}\n").getBytes(US_ASCII);
    byte[] line = Arrays.copyOf(json, body + end.length);
    System.arraycopy(end, 0, line, body, end.length);
    return line;
  }

  /** Without the line feed. Empty when a single bit is not as it was written. */
  static Optional<ObjectNode> unseal(byte[] line) {
    int body = line.length - SEAL;
    if (body < 1) {
      return Optional.empty();
    }
    String seal = new String(line, body, SEAL, US_ASCII);
    return seal.equals(MEMBER + crc(line, body) + "\"}") ? parse(line) : Optional.empty();
  }

  /** An object that may or may not be sealed. */
  static Optional<ObjectNode> parse(byte[] line) {
    try {
      JsonNode node = JSON.readTree(line);
      return node instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String crc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}

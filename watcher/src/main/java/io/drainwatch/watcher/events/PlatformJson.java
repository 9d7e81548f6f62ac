package io.drainwatch.watcher.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * How JSON of the platform is read: leniently where it is known to be sloppy, and within limits.
 */
final class PlatformJson {
  /** No answer of the metadata service is longer than this; what is, is none. */
  static final int LONGEST_BODY = 1 << 20;

  private static final int DEEPEST = 64;
  private static final Pattern WHOLE_NUMBER = Pattern.compile("[+-]?\\d{1,18}");
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /**
   * Unescaped control characters were seen inside strings of instance data. What is written is pure
   * ASCII, so that it can be printed anywhere.
   */
  static final JsonMapper MAPPER =
      new JsonMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(DEEPEST)
                      .maxStringLength(LONGEST_BODY)
                      .maxDocumentLength(LONGEST_BODY)
                      .build())
              .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
              .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
              .build());

  private PlatformJson() {}

  /**
   * Always UTF-8, and a broken byte spoils a character, not the document: Jackson would guess other
   * encodings and give up at the first bad byte.
   */
  static String decode(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  /** An integer or a string with one in it; empty for anything else. */
  static OptionalLong wholeNumber(JsonNode node) {
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return OptionalLong.of(node.longValue());
    }
    String digits = node.isTextual() ? node.textValue().strip() : "";
    return WHOLE_NUMBER.matcher(digits).matches()
        ? OptionalLong.of(Long.parseLong(digits))
        : OptionalLong.empty();
  }

  /** Why the parser gave up, without a word of the source and without its line breaks. */
  static String complaint(JsonProcessingException e) {
    return ForeignText.clean(e.getOriginalMessage(), 200);
  }
}

package io.drainwatch.watcher.simulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What of a request matters to the answer.
 *
 * @param vm whose address it came in at
 * @param path as received
 * @param rawQuery without the question mark
 * @param metadata the {@code Metadata} header
 * @param forwarded whether it has an {@code X-Forwarded-For}
 * @param body empty where there is none
 */
record MetadataRequest(
    String vm,
    String method,
    String path,
    String rawQuery,
    Optional<String> metadata,
    boolean forwarded,
    String body) {

  /** In lower case and without what stands before or after: Microsoft's samples mix the case. */
  String place() {
    return path.toLowerCase(Locale.ROOT);
  }

  String pathAndQuery() {
    return rawQuery.isEmpty() ? path : path + "?" + rawQuery;
  }

  boolean hasHeader() {
    return metadata.filter("true"::equalsIgnoreCase).isPresent();
  }

  /** The values of each parameter; broken escapes stay as they are. */
  Map<String, List<String>> parameters() {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (String pair : rawQuery.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        parameters
            .computeIfAbsent(decoded(name).toLowerCase(Locale.ROOT), none -> new ArrayList<>())
            .add(decoded(value));
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException broken) {
      return text;
    }
  }
}

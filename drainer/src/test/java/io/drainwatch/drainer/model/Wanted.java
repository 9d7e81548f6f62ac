package io.drainwatch.drainer.model;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request over HTTP, read.
 *
 * @param path decoded
 * @param type of the body, without parameters
 */
record Wanted(
    String method, String path, Map<String, String> query, String type, String body, String auth) {

  static Wanted read(Exchange exchange) {
    URI target = URI.create(exchange.target());
    Map<String, String> query = new TreeMap<>();
    String raw = Optional.ofNullable(target.getRawQuery()).orElse("");
    for (String pair : raw.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        query.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return new Wanted(
        exchange.method(),
        target.getPath(),
        query,
        exchange.header("content-type").replaceAll(";.*", "").strip(),
        exchange.body(),
        exchange.header("authorization"));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  String ask(String key) {
    return query.getOrDefault(key, "");
  }

  boolean isWatch() {
    return ask("watch").equals("true") || ask("watch").equals("1");
  }

  /** {@code spec.nodeName=n1}: n1; empty where it is not selected by. */
  String field(String name) {
    for (String each : ask("fieldSelector").split(",")) {
      String[] sides = each.split("==?", 2);
      if (sides.length == 2 && sides[0].equals(name)) {
        return sides[1];
      }
    }
    return "";
  }
}

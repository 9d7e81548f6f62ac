package io.drainwatch.watcher.configuration;

import java.util.regex.Pattern;

/** Makes a value fit to be printed: nothing that looks like a secret, one short line. */
final class PrintedValue {
  static final String WITHHELD = "(not shown)";
  private static final int LONGEST = 120;

  private static final Pattern SECRET_KEY =
      Pattern.compile(
          "token|secret|passw|passphrase|pwd|credential|private|signature|api[-_.]?key"
              + "|access[-_.]?key|account[-_.]?key|(^|[-_.])(sas|key|auth)($|[-_.\\[])"
              // the address of a chat's webhook is its password, however the key is misspelt
              + "|notifications\\.sinks\\[[0-9]+\\]\\.(?!(name|type|notices|event-types|machines"
              + "|pools|timeout|content-type|[a-z-]+-file)($|\\[))",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern SECRET_VALUE =
      Pattern.compile(
          "://[^/@\\s]*@|bearer\\s|basic\\s|-----BEGIN|eyJ[A-Za-z0-9_-]{10}|AccountKey="
              + "|[?&;](sig|code|key|token|password|secret)=",
          Pattern.CASE_INSENSITIVE);
  // long, and of all kinds of letters: keys and hashes, not paths and names
  private static final Pattern RANDOM_LOOKING =
      Pattern.compile(
          "(?=[^\\s]*[a-z])(?=[^\\s]*[A-Z])(?=[^\\s]*[0-9])[A-Za-z0-9+/=_.~-]{32,}|[0-9a-fA-F]{40,}");

  private PrintedValue() {}

  static String of(String key, Given given) {
    return given.text().map(text -> of(key, text)).orElse(kindOf(given));
  }

  static String of(String key, String text) {
    if (text.isEmpty()) {
      return "";
    }
    if (SECRET_KEY.matcher(key).find()
        || SECRET_VALUE.matcher(text).find()
        || RANDOM_LOOKING.matcher(text).find()) {
      return WITHHELD;
    }
    return plain(text);
  }

  /** Without control characters, cut. */
  static String plain(String text) {
    StringBuilder kept = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      if (kept.length() == LONGEST) {
        return kept.append("...").toString();
      }
      if (isPrintable(each)) {
        kept.append(each);
      }
    }
    return kept.toString();
  }

  private static boolean isPrintable(char each) {
    return switch (Character.getType(each)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  private static String kindOf(Given given) {
    return given.value() instanceof Iterable<?> ? "a list" : "a section";
  }
}

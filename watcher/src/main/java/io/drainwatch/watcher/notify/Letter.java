package io.drainwatch.watcher.notify;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One request, ready to be sent.
 *
 * @param secrets texts that must not be seen in what is said of it
 */
record Letter(
    URI url, Map<String, String> headers, String contentType, String body, List<String> secrets) {

  Letter {
    headers = Map.copyOf(headers);
    secrets = List.copyOf(secrets);
  }

  /** Without the secrets; bounded, one line. */
  String withoutSecrets(String text) {
    // as JSON may write it
    String clean = text.replace("\\/", "/");
    for (String secret : secrets) {
      clean =
          Pattern.compile(Pattern.quote(secret), Pattern.CASE_INSENSITIVE)
              .matcher(clean)
              .replaceAll("(not shown)");
    }
    StringBuilder line = new StringBuilder();
    clean
        .codePoints()
        .limit(300)
        .map(each -> Character.isISOControl(each) || !Character.isDefined(each) ? ' ' : each)
        .forEach(line::appendCodePoint);
    return line.toString().strip();
  }

  @Override
  public String toString() {
    return "a letter to " + url.getHost();
  }
}

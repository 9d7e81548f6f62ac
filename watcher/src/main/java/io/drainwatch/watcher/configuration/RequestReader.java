package io.drainwatch.watcher.configuration;

import io.drainwatch.watcher.notify.Secret;
import io.drainwatch.watcher.notify.SinkSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What requests to others have in common: headers, secrets in files, proxies. */
final class RequestReader {
  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");

  /** And those of the connection itself. */
  private static final Set<String> OURS =
      Set.of(
          "accept",
          "connection",
          "content-length",
          "content-type",
          "expect",
          "host",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private static final int MOST_HEADERS = 16;
  private static final int LONGEST_SECRET = 4_096;

  private final Values values;

  RequestReader(Values values) {
    this.values = values;
  }

  // the list of known keys is made of an empty one
  boolean isGiven(String section) {
    for (String key : values.keys()) {
      if (key.startsWith(section + '.')) {
        return true;
      }
    }
    return false;
  }

  void needed(String key, boolean isThere) {
    if (!isThere && values.given(key).isEmpty()) {
      values.findings().fault(key, "is needed");
    }
  }

  /** As it is, or in a file; one of the two. */
  Optional<Secret> secret(String section, String key, boolean isNeeded) {
    Optional<String> text =
        values.one(section + '.' + key, each -> Texts.line(each, LONGEST_SECRET));
    Optional<Path> file = values.one(section + '.' + key + "-file", Texts::directory);
    if (text.isPresent() && file.isPresent()) {
      values.findings().fault(section + '.' + key, "given beside " + key + "-file: one of the two");
    }
    boolean isThere =
        values.given(section + '.' + key).isPresent()
            || values.given(section + '.' + key + "-file").isPresent();
    if (isNeeded && !isThere) {
      values.findings().fault(section + '.' + key + "-file", "is needed, or " + key);
    }
    return file.<Secret>map(Secret.InFile::new).or(() -> text.map(Secret.Given::new));
  }

  List<SinkSettings.Header> headers(String section) {
    String key = section + ".headers";
    List<SinkSettings.Header> headers = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int index : values.indexes(key)) {
      String one = key + '[' + index + ']';
      boolean isGiven = isGiven(one);
      Optional<String> name = values.one(one + ".name", RequestReader::header);
      Optional<Secret> value = secret(one, "value", isGiven);
      if (isGiven) {
        needed(one + ".name", name.isPresent());
      }
      if (name.isPresent() && !names.add(name.get().toLowerCase(Locale.ROOT))) {
        values.fault(one + ".name", "another header has this name");
      }
      if (name.isPresent() && value.isPresent()) {
        headers.add(new SinkSettings.Header(name.get(), value.get()));
      }
    }
    if (headers.size() > MOST_HEADERS) {
      values.findings().fault(key, "there are at most " + MOST_HEADERS);
    }
    return headers;
  }

  private static Parsed<String> header(String text) {
    return OURS.contains(text.toLowerCase(Locale.ROOT))
        ? Parsed.refused("is set by Drainwatch")
        : Texts.matching(text, HEADER, "must be the name of a header");
  }

  static Parsed<URI> proxy(String text) {
    try {
      URI proxy = new URI(text).parseServerAuthority();
      boolean isBare =
          (proxy.getRawPath().isEmpty() || proxy.getRawPath().equals("/"))
              && proxy.getRawQuery() == null
              && proxy.getRawUserInfo() == null
              && proxy.getRawFragment() == null;
      if ("http".equals(proxy.getScheme())
          && proxy.getHost() != null
          && proxy.getPort() >= 1
          && proxy.getPort() <= 65_535
          && isBare) {
        return Parsed.of(proxy);
      }
    } catch (URISyntaxException e) {
      // said below
    }
    return Parsed.refused("must be http://host:port, without user, path or query");
  }
}

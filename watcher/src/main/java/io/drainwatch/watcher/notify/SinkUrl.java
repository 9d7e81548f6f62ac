package io.drainwatch.watcher.notify;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** Addresses of sinks, which are often secrets: what is said of one shows nothing of it. */
public final class SinkUrl {
  private SinkUrl() {}

  /** What is wrong with an address; empty: nothing. */
  public static Optional<String> fault(String text) {
    URI url;
    try {
      url = new URI(text).parseServerAuthority();
    } catch (URISyntaxException e) {
      return Optional.of("is not a URL; https://host/path is expected");
    }
    String scheme = Optional.ofNullable(url.getScheme()).orElse("").toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      return Optional.of("must begin with https:// or http://");
    }
    if (url.getHost() == null) {
      return Optional.of("has no host");
    }
    if (url.getPort() == 0 || url.getPort() > 65_535) {
      return Optional.of("has a port that there is not");
    }
    if (url.getRawUserInfo() != null) {
      return Optional.of("must not carry a user or password; give a header from a file");
    }
    return url.getRawFragment() == null
        ? Optional.empty()
        : Optional.of("must not carry a fragment");
  }
}

package io.drainwatch.watcher.http;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who opens a page: somebody on this machine (or at the end of a tunnel to it), or somebody else.
 * What hooks print may hold what is nobody else's business.
 */
final class Visitor {
  private static final Set<String> NAMES = Set.of("localhost", "[::1]");
  private static final Pattern LOOPBACK = Pattern.compile("127(\\.[0-9]{1,3}){3}");
  private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");

  private Visitor() {}

  /**
   * @param from the other end of the connection
   * @param host the header: a page of another site that has its name resolve to 127.0.0.1 names
   *     itself here
   * @param isForwarded somebody's proxy says that it asks for another
   */
  static boolean isHere(InetAddress from, String host, boolean isForwarded) {
    String name = PORT.matcher(host.toLowerCase(Locale.ROOT)).replaceFirst("");
    return from.isLoopbackAddress()
        && !isForwarded
        && (NAMES.contains(name) || LOOPBACK.matcher(name).matches());
  }
}

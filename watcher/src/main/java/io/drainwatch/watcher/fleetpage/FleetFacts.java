package io.drainwatch.watcher.fleetpage;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Whether a page has changed since somebody saw it. Of the facts alone: how much time is left the
 * browser counts by itself, so that a page where nothing happens costs nothing.
 */
final class FleetFacts {
  private static final int SHOWN = 16;

  private FleetFacts() {}

  /** For the header {@code ETag}. */
  static String tag(FleetView view, FleetPage page, Replica replica, String version) {
    MessageDigest digest = sha256();
    add(digest, version);
    add(digest, replica.holder() + view.leads() + replica.leader() + replica.isOld());
    add(digest, page.query().link() + page.query().faults());
    add(digest, page.matching() + " " + view.rows().size() + view.zones());
    add(digest, page.nodes());
    add(digest, page.finished());
    add(digest, FleetText.chips(view, page.query()));
    add(digest, view.pools());
    add(digest, view.budgets().stream().limit(FleetPage.MOST_BUDGETS).toList());
    add(digest, view.held().stream().limit(FleetPage.MOST_HELD).toList());
    add(digest, view.held().size() + " " + view.budgets().size());
    return '"' + HexFormat.of().formatHex(digest.digest()).substring(0, SHOWN) + '"';
  }

  // records say all that is in them
  private static void add(MessageDigest digest, Object facts) {
    digest.update(facts.toString().getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}

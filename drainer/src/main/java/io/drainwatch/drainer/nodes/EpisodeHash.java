package io.drainwatch.drainer.nodes;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** An episode's id on a Node: the same for the same machine and first event, whoever reckons. */
final class EpisodeHash {
  private static final int BYTES = 8;

  private EpisodeHash() {}

  static String of(NodeMachine machine, String firstEventId) {
    String text = machine.nodeUid() + "\n" + NodeEvent.key(firstEventId);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

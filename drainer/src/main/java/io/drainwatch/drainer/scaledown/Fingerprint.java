package io.drainwatch.drainer.scaledown;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a clean-up pod was made from; stands on the pod. Of what people wrote, not of the pod that
 * came of it: another version of ours that makes it differently must not replace those that run.
 * And of what it says, not how: white space and the order of keys are of no account.
 *
 * @param template of the set's annotation
 * @param defaults of what the set's own pods have where the template is silent
 */
record Fingerprint(String template, String defaults) {
  private static final int BYTES = 6;

  /** How it is computed: whoever changes that changes this too, else every pod is made anew. */
  private static final String VERSION = "v2";

  /**
   * @param template canonical JSON
   * @param defaults canonical JSON
   */
  static Fingerprint ofJson(String template, String defaults) {
    return new Fingerprint(hash(template), hash(defaults));
  }

  /** Empty: the pod does not tell, or in a way that we do not know, as those of other versions. */
  static Optional<Fingerprint> of(OrdinalPod pod) {
    String[] parts = pod.template().split("\\.", -1);
    return parts.length == 3
            && parts[0].equals(VERSION)
            && !parts[1].isEmpty()
            && !parts[2].isEmpty()
        ? Optional.of(new Fingerprint(parts[1], parts[2]))
        : Optional.empty();
  }

  String text() {
    return VERSION + "." + template + "." + defaults;
  }

  private static String hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

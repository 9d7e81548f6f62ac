package io.drainwatch.drainer.scaledown;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a clean-up pod was made from; stands on the pod. Of what people wrote, not of the pod that
 * came of it: another version of ours that makes it differently must not replace those that run.
 *
 * @param template of the set's annotation
 * @param defaults of what the set's own pods have where the template is silent
 */
record Fingerprint(String template, String defaults) {
  private static final int BYTES = 6;

  static Fingerprint of(SetFacts.Template template, SetFacts set) {
    return new Fingerprint(
        hash(template.text()), hash(new TreeMap<>(set.podDefaults()).toString()));
  }

  /** Empty: the pod does not tell, as those of 2018 and of earlier versions. */
  static Optional<Fingerprint> of(OrdinalPod pod) {
    String[] parts = pod.template().split("\\.", -1);
    return parts.length == 2 && !parts[0].isEmpty() && !parts[1].isEmpty()
        ? Optional.of(new Fingerprint(parts[0], parts[1]))
        : Optional.empty();
  }

  String text() {
    return template + "." + defaults;
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

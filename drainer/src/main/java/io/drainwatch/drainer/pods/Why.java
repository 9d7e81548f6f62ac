package io.drainwatch.drainer.pods;

import java.util.Optional;

/**
 * The grounds of a decision, safe to print: bounded and without control characters.
 *
 * @param detail what in particular, such as the finalizers; may be empty
 * @param warning what an operator should know
 */
public record Why(PodReason reason, String detail, Optional<String> warning) {

  /** To be read after the pod's name. */
  public String text() {
    return detail.isEmpty() ? reason.text() : reason.text() + ": " + detail;
  }
}

package io.drainwatch.azure;

import com.microsoft.aad.msal4j.MsalServiceException;

/** Why no token was given; what says it lies below messages that only point to it. Pure. */
final class Refusal {
  private Refusal() {}

  static String of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof MsalServiceException said) {
        return String.valueOf(said.getMessage());
      }
    }
    return String.valueOf(failure.getMessage());
  }
}

package io.drainwatch.watcher.house;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What a test waits for comes at once on a quiet machine. How long at most says when it is taken
 * for broken, and a machine that is busy with other things is not: with Awaitility's ten seconds
 * tests failed at a load of 15 on two cores. Found by JUnit itself, for every class of the module.
 */
public final class PatientWaits implements BeforeAllCallback {
  private static final Duration AT_MOST = Duration.ofSeconds(50); // below the tests' own limits

  @Override
  public void beforeAll(ExtensionContext context) {
    Awaitility.setDefaultTimeout(AT_MOST);
  }
}

package io.drainwatch.azure;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;

import io.drainwatch.watcher.azure.AzureResources;
import io.drainwatch.watcher.azure.Deed;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the SDK and the stub load for their first question takes seconds, of which some tests have
 * one: it is asked before any of them, once, while the others wait.
 */
final class FirstQuestions {
  private static final Logger LOG = LoggerFactory.getLogger(FirstQuestions.class);
  private static boolean areAsked;

  private FirstQuestions() {}

  static synchronized void ask(Arm stub) {
    if (areAsked) {
      return;
    }
    areAsked = true;
    stub.server.stubFor(any(anyUrl()).willReturn(Arm.refusal(404, "NotFound", "Nothing yet.")));
    Duration plenty = Duration.ofMinutes(1);
    try (AzureResources azure = stub.client(plenty, plenty)) {
      LOG.debug(
          "{} {} {}",
          azure.vm(Arm.VM),
          azure.begin(Deed.RESTART, Arm.VM),
          azure.sight(List.of(Arm.SUBSCRIPTION)));
    }
    stub.server.resetAll();
  }
}

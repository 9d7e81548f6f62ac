package io.drainwatch.watcher.daemon;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.notify.Subject;
import io.drainwatch.watcher.notify.DeliveryCounts;
import io.drainwatch.watcher.notify.KeptOutbox;
import io.drainwatch.watcher.notify.Notifier;
import io.drainwatch.watcher.notify.VmNotices;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real daemon and real sockets: a sink that does not answer holds nothing up. */
@Timeout(120)
class HangingSinkTest {

  @Test
  void delaysNeitherTheDrainNorAnotherSinkNorTheStop(@TempDir Path directory) throws Exception {
    WireMockServer sinks = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
    sinks.start();
    sinks.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(200)));
    sinks.stubFor(
        any(urlEqualTo("/b")).willReturn(aResponse().withStatus(200).withFixedDelay(3_600_000)));
    Notifier notifier =
        new Notifier(
            NotifiedProcess.sinks(sinks.baseUrl()), InstantSource.system(), DeliveryCounts.NOBODY);
    try (TestVm vm = TestVm.in(directory)) {
      vm.hook(Hook.DRAIN, "10-a", "exit 0")
          .witness(new VmNotices(notifier, name -> Subject.plainVm(name, false)));
      notifier.begin(new KeptOutbox(vm.settings().stateDirectory()));
      vm.start();
      String id = vm.simulator().schedule(TestVm.event("Reboot").build());
      Awaitility.await()
          .atMost(Duration.ofSeconds(40))
          .untilAsserted(() -> sinks.verify(6, postRequestedFor(urlEqualTo("/a"))));
      vm.simulator().endNow(id);
      Awaitility.await()
          .atMost(Duration.ofSeconds(40))
          .untilAsserted(() -> sinks.verify(8, postRequestedFor(urlEqualTo("/a"))));
      assertThat(sinks.findAll(postRequestedFor(urlEqualTo("/b")))).hasSizeLessThanOrEqualTo(1);

      long begin = System.nanoTime();
      notifier.close();
      vm.stop();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    } finally {
      sinks.stop();
    }
  }
}

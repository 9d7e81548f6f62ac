package io.drainwatch.watcher.events;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.drainwatch.watcher.events.MetadataServer.COMPUTE;
import static io.drainwatch.watcher.events.MetadataServer.PATIENT;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import io.drainwatch.drainer.context.VmFacts;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** azure-scheduled-events.md, section 10. */
class IdentityTest {
  @RegisterExtension static final MetadataServer server = new MetadataServer();

  private MetadataClient client = server.client();

  @AfterEach
  void close() {
    client.close();
  }

  private Identity.Failed failed() {
    Identity identity = client.identity();
    assertThat(identity).isInstanceOf(Identity.Failed.class);
    return (Identity.Failed) identity;
  }

  @Test
  void findsTheVm() {
    server.answers(COMPUTE, aResponse().withBody(Fixtures.bytes("compute-vmss-uniform.json")));

    assertThat(client.identity())
        .isInstanceOfSatisfying(
            Identity.Found.class,
            found ->
                assertThat(found.facts())
                    .extracting(VmFacts::name)
                    .isEqualTo("aks-batch-17654321-vmss_13"));
  }

  @Test
  void aStatusIsAValue() {
    server.answers(COMPUTE, aResponse().withStatus(404).withBody("gone"));

    assertThat(failed().kind()).isEqualTo(ErrorKind.NOT_FOUND);
    assertThat(failed().status()).isEqualTo(OptionalInt.of(404));
    assertThat(failed().message())
        .startsWith("GET " + server.base() + COMPUTE + "?api-version=2021-02-01")
        .contains("404", "gone", "identity is not known until it is asked for again");
  }

  @Test
  void anAnswerWithoutANameIsNone() {
    server.answers(COMPUTE, aResponse().withBody("{\"name\":\"\"}"));

    assertThat(failed().kind()).isEqualTo(ErrorKind.NOT_A_DOCUMENT);
    assertThat(failed().message()).contains("does not tell the VM's name");
  }

  @Test
  void aBrokenConnectionIsAValue() {
    server.answers(COMPUTE, aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

    assertThat(failed().kind()).isEqualTo(ErrorKind.CONNECTION_LOST);
    assertThat(failed().status()).isEmpty();
  }

  @Test
  void isLimitedLikeEveryCall() {
    client.close();
    client = server.client(server.settings(Duration.ofMillis(300), PATIENT));
    server.answers(COMPUTE, aResponse().withFixedDelay(900));

    assertThat(failed().kind()).isEqualTo(ErrorKind.TIMEOUT);
  }

  @Test
  void saysNothingAboutTheHealthOfPolling() {
    server.answers(COMPUTE, aResponse().withStatus(500));
    MetadataStatus before = client.status();
    client.identity();

    assertThat(client.status()).isEqualTo(before);
  }
}

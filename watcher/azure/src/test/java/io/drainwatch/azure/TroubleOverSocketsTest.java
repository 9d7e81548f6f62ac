package io.drainwatch.azure;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.identity.CredentialUnavailableException;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.drainwatch.watcher.azure.AzureAnswer;
import io.drainwatch.watcher.azure.AzureCall;
import io.drainwatch.watcher.azure.AzureResources;
import io.drainwatch.watcher.azure.AzureVm;
import io.drainwatch.watcher.azure.Deed;
import io.drainwatch.watcher.azure.Trouble;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

/** What Azure refuses, fails at, or does not answer; each becomes a value with a sentence. */
@Timeout(60)
class TroubleOverSocketsTest {
  private final Arm arm = Arm.start();

  @AfterEach
  void close() {
    arm.close();
  }

  private Trouble read() {
    try (AzureResources azure = arm.client()) {
      return azure.vm(Arm.VM).problem().orElseThrow();
    }
  }

  private Trouble restart() {
    try (AzureResources azure = arm.client()) {
      return azure.begin(Deed.RESTART, Arm.VM).problem().orElseThrow();
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "401,InvalidAuthenticationToken,NO_LOGIN,az login",
    "403,AuthorizationFailed,FORBIDDEN,lacks Microsoft.Compute/virtualMachines/read",
    "404,ResourceNotFound,NOT_FOUND,look at the id",
    "409,Conflict,CONFLICT,try again when that is over",
    "400,InvalidParameter,OTHER,Nothing else is tried"
  })
  void saysWhatWasTriedOnWhatWhatCameBackAndWhatToDo(
      int status, String code, Trouble.Kind kind, String advice) {
    arm.answer(Arm.get(Arm.VM), Arm.refusal(status, code, "This is why."));

    Trouble trouble = read();

    assertThat(trouble.kind()).isEqualTo(kind);
    assertThat(trouble.sentence())
        .startsWith(
            "Reading VM vm-1 (resource group rg-1) failed: HTTP "
                + status
                + " "
                + code
                + ": This is why.")
        .contains(advice);
    assertThat(arm.requests()).as("not tried again").hasSize(1);
  }

  @Test
  void namesTheActionThatARoleLacksForWhatWasAsked() {
    arm.answer(
        Arm.post(Arm.VM, "/restart"), Arm.refusal(403, "AuthorizationFailed", "No permission."));

    assertThat(restart().sentence())
        .startsWith("Restarting VM vm-1")
        .contains("lacks Microsoft.Compute/virtualMachines/restart/action there");
  }

  @Test
  void waitsAsLongAsA429Asks() {
    once(aResponse().withStatus(429).withHeader("Retry-After", "1"));
    long begun = System.nanoTime();

    try (AzureResources azure = arm.client()) {
      assertThat(azure.vm(Arm.VM).found()).map(AzureVm::vmId).contains("v");
    }

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(1));
    assertThat(arm.requests()).hasSize(2);
  }

  @Test
  void doesNotWaitForA429ThatAsksForMoreThanThereIs() {
    arm.answer(
        Arm.get(Arm.VM),
        Arm.refusal(429, "OperationNotAllowed", "Too many.").withHeader("Retry-After", "3600"));

    Trouble trouble = read();

    assertThat(trouble.kind()).isEqualTo(Trouble.Kind.THROTTLED);
    assertThat(trouble.retryAfter()).contains(Duration.ofHours(1));
    assertThat(trouble.sentence()).contains("try again in 3600 s");
    assertThat(arm.requests()).hasSize(1);
  }

  @Test
  void sendsARestartAgainOnlyWhenItWasSurelyNotTaken() {
    // with that header okhttp itself would send it once more
    arm.answer(
        Arm.post(Arm.VM, "/restart"), aResponse().withStatus(503).withHeader("Retry-After", "0"));
    assertThat(restart().sentence()).contains("not known whether it was begun");
    assertThat(arm.requests()).hasSize(1);

    arm.server.resetAll();
    arm.server.stubFor(
        Arm.post(Arm.VM, "/restart")
            .inScenario("429")
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(aResponse().withStatus(429).withHeader("Retry-After", "0"))
            .willSetStateTo("then"));
    arm.server.stubFor(
        Arm.post(Arm.VM, "/restart")
            .inScenario("429")
            .whenScenarioStateIs("then")
            .willReturn(arm.taken("op")));
    arm.answer(get(urlPathEqualTo(Arm.operation("op"))), Arm.ok("{\"status\":\"InProgress\"}"));
    try (AzureResources azure = arm.client()) {
      assertThat(azure.begin(Deed.RESTART, Arm.VM)).isInstanceOf(AzureAnswer.Told.class);
    }
    assertThat(arm.calls()).containsExactly(AzureCall.RESTART_VM, AzureCall.RESTART_VM);
  }

  @Test
  void doesNotSendARestartAgainWhenTheConnectionBreaks() {
    arm.answer(Arm.post(Arm.VM, "/restart"), aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

    Trouble trouble = restart();

    assertThat(trouble.kind()).isEqualTo(Trouble.Kind.NO_CONNECTION);
    assertThat(arm.requests()).hasSize(1);
  }

  @Test
  void readsAgainAfter5xxAndABrokenConnection() {
    once(aResponse().withStatus(500).withHeader("Retry-After", "0"));
    try (AzureResources azure = arm.client()) {
      assertThat(azure.vm(Arm.VM).found()).isPresent();
    }
    arm.server.resetAll();
    once(aResponse().withFault(Fault.EMPTY_RESPONSE));
    try (AzureResources azure = arm.client()) {
      assertThat(azure.vm(Arm.VM).found()).isPresent();
    }
  }

  @Test
  void whatIsInUseReadsAgainAfterASecondWhereNothingElseIsAsked() {
    once(aResponse().withStatus(500));
    long begun = System.nanoTime();

    try (AzureResources azure = arm.clientAsInUse()) {
      assertThat(azure.vm(Arm.VM).found()).isPresent();
    }

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(1));
    assertThat(arm.requests()).hasSize(2);
  }

  @Test
  void givesUpReadingAfterFourTries() {
    arm.answer(
        Arm.get(Arm.VM),
        Arm.refusal(503, "ServiceUnavailable", "Down.").withHeader("Retry-After", "0"));

    assertThat(read().sentence()).contains("HTTP 503 ServiceUnavailable", "try again later");
    assertThat(arm.requests()).hasSize(4);
  }

  @Test
  void doesNotWaitForAnAnswerThatTrickles() {
    arm.answer(
        Arm.post(Arm.VM, "/restart"), Arm.ok(Shapes.SPOT_VM).withChunkedDribbleDelay(200, 60_000));
    long begun = System.nanoTime();

    try (AzureResources azure = arm.client(Duration.ofSeconds(1), Duration.ofSeconds(30))) {
      assertThat(azure.begin(Deed.RESTART, Arm.VM).problem())
          .map(Trouble::kind)
          .contains(Trouble.Kind.TIMED_OUT);
    }

    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .as("each exchange has a limit of its own")
        .isLessThan(Duration.ofSeconds(20));
    assertThat(arm.requests()).hasSize(1);
  }

  @Test
  void doesNotWaitForAnAnswerThatDoesNotCome() {
    arm.answer(Arm.get(Arm.SET), Arm.ok(Shapes.GOOD_SET).withFixedDelay(30_000));

    assertThat(impatient(azure -> azure.scaleSet(Arm.SET)).kind())
        .isEqualTo(Trouble.Kind.TIMED_OUT);
  }

  @Test
  void doesNotReadPagesForEver() {
    String list = Arm.SET.path() + "/virtualMachines";
    arm.answer(
        get(urlPathEqualTo(list)),
        Arm.ok(
            "{\"value\":[],\"nextLink\":\"%s%s?api-version=1&again=1\"}"
                .formatted(arm.endpoint(), list)));

    assertThat(impatient(azure -> azure.members(Arm.SET)).kind()).isEqualTo(Trouble.Kind.TIMED_OUT);
  }

  private Trouble impatient(Function<AzureResources, AzureAnswer<?>> question) {
    Duration limit = Duration.ofSeconds(1);
    try (AzureResources azure = arm.client(limit, limit)) {
      long begun = System.nanoTime();
      Trouble trouble = question.apply(azure).problem().orElseThrow();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
      return trouble;
    }
  }

  @Test
  void pausesWhenNoRequestIsLeft() {
    arm.answer(
        Arm.get(Arm.VM),
        Arm.ok(Shapes.BARE_VM)
            .withHeader(
                "x-ms-ratelimit-remaining-resource",
                "Microsoft.Compute/GetVM3Min;0,Microsoft.Compute/GetVM30Min;900"));
    try (AzureResources azure = arm.client()) {
      long begun = System.nanoTime();
      assertThat(azure.vm(Arm.VM).found()).isPresent();
      assertThat(azure.vm(Arm.VM).found()).isPresent();
      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .isGreaterThanOrEqualTo(Arm.PAUSES.whenNoneIsLeft());
    }
  }

  @Test
  void understandsWhatIsNoJson() {
    arm.answer(
        Arm.get(Arm.VM),
        aResponse().withStatus(200).withHeader("Content-Type", "text/html").withBody("<html>"));

    assertThat(read().kind()).isEqualTo(Trouble.Kind.OTHER);
  }

  @Test
  void saysThatNobodyIsLoggedIn() {
    try (AzureResources azure =
        arm.client(
            arm.settings(Duration.ofSeconds(5), Duration.ofSeconds(5)),
            request -> Mono.error(new CredentialUnavailableException("Please run 'az login'.")))) {
      Trouble trouble = azure.vm(Arm.VM).problem().orElseThrow();

      assertThat(trouble.kind()).isEqualTo(Trouble.Kind.NO_LOGIN);
      assertThat(trouble.sentence()).contains("Please run 'az login'", "--credential");
    }
    assertThat(arm.requests()).isEmpty();
  }

  @Test
  void saysThatNobodyIsThere() {
    AzureResources azure = arm.client();
    arm.stop();

    Trouble trouble = azure.vm(Arm.VM).problem().orElseThrow();

    azure.close();
    assertThat(trouble.kind()).isEqualTo(Trouble.Kind.NO_CONNECTION);
    assertThat(trouble.sentence()).contains("HTTPS_PROXY");
  }

  @Test
  @ResourceLock(Resources.SYSTEM_ERR)
  void neverShowsTheToken() {
    arm.answer(Arm.get(Arm.VM), Arm.refusal(401, "InvalidAuthenticationToken", "No."));
    PrintStream usual = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true));
    try {
      assertThat(List.of(read().toString(), read().sentence()))
          .allSatisfy(text -> assertThat(text).doesNotContain(Arm.TOKEN));
    } finally {
      System.setErr(usual);
    }
    assertThat(log.toString()).doesNotContain(Arm.TOKEN);
  }

  private void once(com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder first) {
    arm.server.stubFor(
        Arm.get(Arm.VM)
            .inScenario("once")
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(first)
            .willSetStateTo("then"));
    arm.server.stubFor(
        Arm.get(Arm.VM)
            .inScenario("once")
            .whenScenarioStateIs("then")
            .willReturn(Arm.ok(Shapes.BARE_VM)));
  }
}

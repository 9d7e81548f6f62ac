package io.drainwatch.azure;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.drainwatch.watcher.azure.AzureAnswer;
import io.drainwatch.watcher.azure.AzureCall;
import io.drainwatch.watcher.azure.AzureResources;
import io.drainwatch.watcher.azure.Deed;
import io.drainwatch.watcher.azure.Operation;
import io.drainwatch.watcher.azure.Trouble;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each call that can be made, refused in each way, over a real socket. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class EveryCallTest {
  private static final String LATER = "3600";
  private static final String VMS_OF_GROUP =
      "/subscriptions/"
          + Arm.SUBSCRIPTION
          + "/resourceGroups/rg-1/providers/Microsoft.Compute/virtualMachines";

  private final Arm arm = Arm.start();

  @AfterEach
  void close() {
    arm.close();
  }

  static Stream<Arguments> refusals() {
    return Arrays.stream(AzureCall.values())
        .flatMap(
            call ->
                Stream.of(401, 403, 404, 409, 429, 500, 503)
                    .map(status -> Arguments.of(call, status)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("refusals")
  void saysWhatWasRefusedAndHow(AzureCall call, int status) {
    before(call);
    refuse(call, Arm.refusal(status, "TheirWord", "This is why.").withHeader("Retry-After", LATER));

    Trouble trouble = make(call, Duration.ofSeconds(20));

    assertThat(trouble.kind()).isEqualTo(Trouble.Kind.of(status));
    assertThat(trouble.call()).isEqualTo(call);
    assertThat(trouble.status()).hasValue(status);
    assertThat(trouble.sentence()).startsWith(call.words() + " ").contains("HTTP " + status);
    if (call != AzureCall.FOLLOW_OPERATION) {
      assertThat(trouble.sentence()).contains("TheirWord", "This is why.");
    }
    if (status == 403) {
      assertThat(trouble.sentence()).contains("lacks " + call.action());
    }
    assertThat(arm.calls().stream().filter(call::equals))
        .as("not sent again before the time that was asked for")
        .hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(AzureCall.class)
  void isNotWaitedForWithoutEnd(AzureCall call) {
    before(call);
    refuse(call, aResponse().withStatus(200).withBody("{}").withFixedDelay(30_000));
    long begun = System.nanoTime();

    Trouble trouble = make(call, Duration.ofSeconds(2));

    assertThat(trouble.kind()).isEqualTo(Trouble.Kind.TIMED_OUT);
    assertThat(trouble.call()).isEqualTo(call);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
  }

  /** What is asked on the way to the call. */
  private void before(AzureCall call) {
    arm.answer(Arm.get(Arm.SET), Arm.ok(Shapes.GOOD_SET));
    arm.answer(Arm.get(Arm.INSTANCE), Arm.ok(Shapes.instance("3", "running")));
    arm.answer(get(urlPathEqualTo(VMS_OF_GROUP)), Arm.ok("{\"value\":[]}"));
    if (call == AzureCall.FOLLOW_OPERATION) {
      arm.answer(Arm.post(Arm.VM, "/restart"), arm.taken("op"));
    }
  }

  private void refuse(AzureCall call, ResponseDefinitionBuilder answer) {
    arm.server.stubFor(
        any(anyUrl())
            .andMatching(
                request ->
                    com.github.tomakehurst.wiremock.matching.MatchResult.of(
                        AzureCall.of(
                                request.getMethod().getName(),
                                request.getUrl().replaceFirst("\\?.*", ""))
                            .filter(call::equals)
                            .isPresent()))
            .willReturn(answer));
  }

  private Trouble make(AzureCall call, Duration limit) {
    try (AzureResources azure = arm.client(limit, limit)) {
      return answer(call, azure).problem().orElseThrow();
    }
  }

  private static AzureAnswer<?> answer(AzureCall call, AzureResources azure) {
    return switch (call) {
      case READ_VM -> azure.vm(Arm.VM);
      case READ_INSTANCE -> azure.vm(Arm.INSTANCE);
      case READ_SCALE_SET -> azure.scaleSet(Arm.SET);
      case LIST_VMS, LIST_SCALE_SETS -> azure.inventory(Arm.SUBSCRIPTION, "rg-1");
      case LIST_INSTANCES -> azure.instances(Arm.SET);
      case READ_PERMISSIONS -> azure.permissions(Arm.VM);
      case UPDATE_SCALE_SET -> azure.setTerminateNotification(Arm.SET, Duration.ofMinutes(15));
      case UPDATE_INSTANCE -> azure.protectFromScaleIn(Arm.INSTANCE, true, () -> true);
      case RESTART_VM -> azure.begin(Deed.RESTART, Arm.VM);
      case REDEPLOY_VM -> azure.begin(Deed.REDEPLOY, Arm.VM);
      case EVICT_VM -> azure.begin(Deed.SIMULATE_EVICTION, Arm.VM);
      case MAINTAIN_VM -> azure.begin(Deed.PERFORM_MAINTENANCE, Arm.VM);
      case RESTART_INSTANCE -> azure.begin(Deed.RESTART, Arm.INSTANCE);
      case REDEPLOY_INSTANCE -> azure.begin(Deed.REDEPLOY, Arm.INSTANCE);
      case EVICT_INSTANCE -> azure.begin(Deed.SIMULATE_EVICTION, Arm.INSTANCE);
      case MAINTAIN_INSTANCE -> azure.begin(Deed.PERFORM_MAINTENANCE, Arm.INSTANCE);
      case FOLLOW_OPERATION -> azure.begin(Deed.RESTART, Arm.VM).then(Operation::look);
      case ACKNOWLEDGE -> azure.acknowledge(Arm.SET, "abc");
      case QUERY_EVENTS -> azure.events(Arm.SUBSCRIPTION);
    };
  }
}

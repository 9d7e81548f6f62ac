package io.drainwatch.azure;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.drainwatch.drainer.cluster.WriteAnswer;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.OutsideAck;
import io.drainwatch.drainer.nodes.OutsideAcks;
import io.drainwatch.watcher.azure.AckResult;
import io.drainwatch.watcher.azure.AzureCall;
import io.drainwatch.watcher.azure.AzureResources;
import io.drainwatch.watcher.azure.Feature;
import io.drainwatch.watcher.azure.StandingIn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Acknowledgements in place of a watcher that is gone: note, POST over a real socket, answer. */
@Timeout(60)
class StandingInOverSocketsTest {
  private final Arm arm = Arm.start();
  private final OneNode node = new OneNode("azure://" + Arm.INSTANCE.path());
  private final List<AckResult> counted = new ArrayList<>();

  @AfterEach
  void close() {
    arm.close();
  }

  private void answers(ResponseDefinitionBuilder answer) {
    arm.answer(post(urlPathMatching(".*/acknowledge")), answer);
  }

  private static ResponseDefinitionBuilder approved() {
    return Arm.ok("{\"value\":\"Successfully Approved\"}");
  }

  private OneNode.Order sends() {
    OneNode.Order order = node.order();
    return sends(order);
  }

  private OneNode.Order sends(OneNode.Order order) {
    return sends(order, arm.client());
  }

  private OneNode.Order sends(OneNode.Order order, AzureResources client) {
    try (AzureResources azure = client) {
      new StandingIn(azure, node.cluster(), OneNode.AT_ONCE, node.clock, counted::add)
          .acknowledge(order);
    }
    assertThat(order.overs).as("over once").isEqualTo(1);
    assertThat(Feature.ACKNOWLEDGING.calls()).containsAll(arm.calls());
    return order;
  }

  private OutsideAck stands() {
    return OutsideAcks.on(node.facts(), OneNode.EPISODE)
        .flatMap(acks -> acks.of(OneNode.EVENT))
        .orElseThrow();
  }

  @Test
  @DisplayName("I1 it is written on the Node before it leaves, and its answer after")
  void writesItDownFirst() {
    answers(approved());
    sends();
    assertThat(node.written).hasSize(2);
    assertThat(node.written.getFirst().status()).isEmpty();
    assertThat(arm.requests())
        .containsExactly(
            "POST "
                + Arm.SET.path()
                + "/providers/Microsoft.Maintenance/scheduledevents/"
                + OneNode.EVENT
                + "/acknowledge");
    assertThat(stands().isAccepted()).isTrue();
    assertThat(counted).containsExactly(AckResult.ACCEPTED);
  }

  @ParameterizedTest
  @CsvSource({
    "401, REFUSED",
    "403, REFUSED",
    "404, REFUSED",
    "408, UNCLEAR",
    "409, REFUSED",
    "500, UNCLEAR",
    "503, UNCLEAR"
  })
  void writesWhatItWasRefusedWithAndSendsItOnce(int status, AckResult result) {
    answers(Arm.refusal(status, "Why", "Because."));
    sends();
    assertThat(arm.calls()).containsExactly(AzureCall.ACKNOWLEDGE);
    assertThat(stands().status()).contains(status);
    assertThat(stands().isUnclear()).isEqualTo(result == AckResult.UNCLEAR);
    assertThat(counted).containsExactly(result);
  }

  @Test
  void writesHowLongA429AsksToWait() {
    answers(Arm.refusal(429, "TooManyRequests", "Later.").withHeader("Retry-After", "700"));
    sends();
    assertThat(stands().isUnclear()).isTrue();
    assertThat(stands().notBefore()).contains(node.clock.instant().plusSeconds(700));
    assertThat(counted).containsExactly(AckResult.THROTTLED);
  }

  @Test
  void anAnswerThatDoesNotComeIsUnclear() {
    answers(approved().withFixedDelay(30_000));
    sends(node.order(), arm.client(Duration.ofSeconds(2), Duration.ofSeconds(3)));
    assertThat(arm.calls()).hasSize(1);
    assertThat(stands().status()).contains(0);
    assertThat(counted).containsExactly(AckResult.UNCLEAR);
  }

  @ParameterizedTest
  @EnumSource(names = {"EMPTY_RESPONSE", "CONNECTION_RESET_BY_PEER"})
  void aBrokenConnectionIsUnclear(Fault fault) {
    answers(aResponse().withFault(fault));
    sends();
    assertThat(stands().status()).contains(0);
  }

  @Test
  @DisplayName("I1 nothing leaves where the note was not surely written on that very version")
  void sendsNothingThatIsNotNoted() {
    answers(approved());
    for (WriteAnswer answer :
        List.of(
            new WriteAnswer.Conflict(),
            new WriteAnswer.Gone(),
            new WriteAnswer.Refused(403, "no"),
            new WriteAnswer.Done(node.facts()), // taken away by somebody
            new WriteAnswer.Unclear("no answer"))) {
      node.next.add(answer);
      sends();
    }
    assertThat(arm.requests()).isEmpty();
    NodeFacts before = node.facts();
    node.touch();
    sends(node.order(before));
    assertThat(arm.requests()).as("the Node changed since it was decided").isEmpty();
  }

  @Test
  @DisplayName("I1 nothing leaves once the leadership is lost or a pod is seen")
  void sendsNothingThatMayNotLeaveAnyMore() {
    answers(approved());
    OneNode.Order never = node.order();
    never.mayLeave = 0;
    sends(never);
    assertThat(node.written).isEmpty();
    OneNode.Order onceNoted = node.order();
    onceNoted.mayLeave = 1;
    sends(onceNoted);
    assertThat(node.written).hasSize(2);
    assertThat(arm.requests()).isEmpty();
    assertThat(stands().mayHaveCounted()).as("it never left, and the Node says so").isFalse();
  }

  @Test
  @DisplayName("I1 what a 429 asks to wait for is not sent again once it is not wanted any more")
  void sendsNothingAgainThatMayNotLeaveAnyMore() {
    answers(Arm.refusal(429, "TooManyRequests", "Later.").withHeader("Retry-After", "1"));
    OneNode.Order once = node.order();
    once.mayLeave = 3; // before the note, before it is sent, and by the pipeline's last look
    sends(once);
    assertThat(arm.calls()).containsExactly(AzureCall.ACKNOWLEDGE);
    assertThat(stands().status()).contains(OutsideAck.NEVER_LEFT);
    assertThat(stands().mayHaveCounted()).isFalse();
    assertThat(counted).isEmpty();
  }

  @Test
  void theAnswerIsWrittenThoughOthersWriteTheNodeToo() {
    answers(approved());
    node.touchedAfterEach = true;
    sends();
    assertThat(stands().isAccepted()).isTrue();
    assertThat(arm.calls()).hasSize(1);
  }

  @Test
  void anAnswerThatCannotBeWrittenIsTriedAgainAndSentOnce() {
    answers(approved());
    node.failuresAfterFirst = 3;
    sends();
    assertThat(stands().isAccepted()).isTrue();
    assertThat(arm.calls()).hasSize(1);
  }

  @Test
  void whoLostTheLeadershipWritesNoAnswer() {
    answers(approved());
    OneNode.Order order = node.order();
    order.leads = false;
    sends(order);
    assertThat(node.written).hasSize(1);
    assertThat(stands().status()).isEmpty();
  }

  @Test
  void aNodeThatIsNoVmOfAzureIsLeftAlone() {
    OneNode other = new OneNode("kind://docker/n1");
    OneNode.Order order = other.order();
    try (AzureResources azure = arm.client()) {
      new StandingIn(azure, other.cluster(), OneNode.AT_ONCE, other.clock, counted::add)
          .acknowledge(order);
    }
    assertThat(other.written).isEmpty();
    assertThat(arm.requests()).isEmpty();
    assertThat(Optional.of(order.overs)).contains(1);
  }
}

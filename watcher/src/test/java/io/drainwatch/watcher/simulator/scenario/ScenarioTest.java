package io.drainwatch.watcher.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drainwatch.watcher.simulator.platform.DateStyle;
import io.drainwatch.watcher.simulator.platform.EventPlan;
import io.drainwatch.watcher.simulator.platform.Fault;
import io.drainwatch.watcher.simulator.platform.Impact;
import io.drainwatch.watcher.simulator.platform.Order;
import io.drainwatch.watcher.simulator.platform.PlannedFault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioTest {

  @Test
  void readsEveryKey() {
    Scenario scenario =
        Scenario.read(
            "file",
            """
            name: Everything
            description: all keys
            vms:
              - name: web_0
                compute: {priority: Spot, storageProfile: {dataDisks: [{lun: 0}]}}
              - name: web_1
            steps:
              - after: 1m30s
                cancel: reboot
              - after: 500ms
                event:
                  name: reboot
                  id: A0000000-1111-4222-8333-444444444401
                  type: Reboot
                  resources: [WEB_0, web_1]
                  source: User
                  description: as asked
                  duration: unknown
                  notice: PT20S
                  approval-delay: 2s
                  started-for: 6s
                  cancel-after: 15s
                  vm: {returns-after: 3s}
              - after: 2s
                fault: {kind: status, code: 429, retry-after: 5s, on: acknowledge, times: 3, carried-out: true}
              - {after: 3s, fault: {kind: stalled-body, pause: 1m, for: 10s}}
              - {after: 4s, fault: {kind: html, until-cleared: true, on: all}}
              - {after: 5s, clear-faults: true}
              - {after: 6s, incarnation: {jump: 3}}
              - {after: 7s, incarnation: {reset: 1}}
              - {after: 8s, dates: wrong-weekday}
              - {after: 9s, acknowledge: {event: reboot, by: web_1}}
              - {after: 10s, start: reboot}
              - {after: 11s, end: reboot}
            """);

    assertThat(scenario.vms()).extracting(vm -> vm.name()).containsExactly("web_0", "web_1");
    assertThat(scenario.vms().getFirst().compute().path("priority").asText()).isEqualTo("Spot");
    assertThat(scenario.steps())
        .containsExactly(
            step(
                Duration.ofMillis(500),
                new Order.Schedule(
                    EventPlan.ofType("Reboot")
                        .name("reboot")
                        .id("A0000000-1111-4222-8333-444444444401")
                        .on("WEB_0", "web_1")
                        .source("User")
                        .description("as asked")
                        .duration(Optional.empty())
                        .notice(Duration.ofSeconds(20))
                        .approvalDelay(Duration.ofSeconds(2))
                        .startedFor(Duration.ofSeconds(6))
                        .cancelAfter(Duration.ofSeconds(15))
                        .impact(new Impact.Returns(Duration.ofSeconds(3)))
                        .build())),
            step(
                Duration.ofSeconds(2),
                new Order.SetFault(
                    PlannedFault.nextAcknowledgements(
                            3, new Fault.Status(429, Optional.of(Duration.ofSeconds(5))))
                        .butCarriedOut())),
            step(
                Duration.ofSeconds(3),
                new Order.SetFault(
                    PlannedFault.nextPolls(1, new Fault.StalledBody(Duration.ofMinutes(1)))
                        .lasting(Duration.ofSeconds(10)))),
            step(
                Duration.ofSeconds(4),
                new Order.SetFault(
                    new PlannedFault(
                        new Fault.Html(),
                        PlannedFault.Target.ALL,
                        new PlannedFault.UntilCleared(),
                        false))),
            step(Duration.ofSeconds(5), new Order.ClearFaults()),
            step(Duration.ofSeconds(6), new Order.JumpIncarnation(3)),
            step(Duration.ofSeconds(7), new Order.ResetIncarnation(1)),
            step(Duration.ofSeconds(8), new Order.WriteDates(DateStyle.WRONG_WEEKDAY)),
            step(Duration.ofSeconds(9), new Order.Acknowledge("reboot", "web_1")),
            step(Duration.ofSeconds(10), new Order.StartNow("reboot")),
            step(Duration.ofSeconds(11), new Order.EndNow("reboot")),
            step(Duration.ofSeconds(90), new Order.Cancel("reboot")));
  }

  @Test
  void takesTheFilesNameAndThePlatformsUsualValues() {
    Scenario scenario = Scenario.read("short.yml", "steps: [{event: {type: Preempt}}]");

    assertThat(scenario.name()).isEqualTo("short.yml");
    assertThat(scenario.steps())
        .containsExactly(
            step(Duration.ZERO, new Order.Schedule(EventPlan.ofType("Preempt").build())));
  }

  @Test
  void takesATypeThatNobodyKnowsIfItSaysSo() {
    Scenario scenario = Scenario.read("new.yml", "steps: [{event: {new-type: Hibernate}}]");

    assertThat(plan(scenario).type()).isEqualTo("Hibernate");
  }

  static List<String> builtIn() {
    return Scenario.builtInNames();
  }

  @ParameterizedTest
  @MethodSource("builtIn")
  void everyBuiltInScenarioIsOverInHalfAMinute(String name) {
    Scenario scenario = Scenario.builtIn(name, Optional.empty());

    // what comes after the last event (the return) needs some seconds too
    assertThat(scenario.length()).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(25));
    assertThat(scenario.description()).isNotBlank();
    assertThat(scenario.vms()).isEmpty();
  }

  @ParameterizedTest(name = "{0} is about {1}")
  @CsvSource({
    "Freeze, Freeze",
    "Reboot, Reboot",
    "REDEPLOY, Redeploy",
    "preempt, Preempt",
    "Terminate, Terminate",
    "Cancelled, Reboot",
    "Host-Failure, Redeploy"
  })
  void takesNamesInAnyCase(String name, String type) {
    assertThat(plan(Scenario.builtIn(name, Optional.empty())).type()).isEqualTo(type);
  }

  @Test
  void takesAnotherNotice() {
    Optional<Duration> notice = Optional.of(Duration.ofSeconds(32));

    assertThat(plan(Scenario.builtIn("Reboot", notice)).notice()).hasSeconds(32);
    assertThat(plan(Scenario.builtIn("Cancelled", notice)).cancelAfter())
        .hasValue(Duration.ofSeconds(5));
    assertThat(Scenario.builtIn("host-failure", notice))
        .isEqualTo(Scenario.builtIn("host-failure", Optional.empty()));
  }

  @Test
  void readsTheScenariosOfTheRepository() throws Exception {
    try (var files = Files.list(Path.of("../config/scenarios"))) {
      for (Path file : files.toList()) {
        assertThat(Scenario.read(file).length()).isLessThan(Duration.ofMinutes(2));
      }
    }
  }

  @Test
  void namesTheScenariosThatThereAre() {
    assertThatThrownBy(() -> Scenario.builtIn("../../secret", Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("host-failure");
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "0s, PT0S",
    "250ms, PT0.25S",
    "90s, PT1M30S",
    "1m30s, PT1M30S",
    "2h, PT2H",
    "7d, PT168H",
    "PT5M, PT5M"
  })
  void readsDurations(String text, Duration duration) {
    assertThat(DurationText.read(text)).hasValue(duration);
  }

  @ParameterizedTest
  @CsvSource({"''", "5", "-5s", "s", "5 s", "1s1m", "PT-5S", "Pfft", "99999999999s"})
  void readsNothingElseAsADuration(String text) {
    assertThat(DurationText.read(text)).isEmpty();
  }

  private static Scenario.Step step(Duration after, Order order) {
    return new Scenario.Step(after, order);
  }

  private static EventPlan plan(Scenario scenario) {
    return ((Order.Schedule) scenario.steps().getFirst().order()).plan();
  }
}

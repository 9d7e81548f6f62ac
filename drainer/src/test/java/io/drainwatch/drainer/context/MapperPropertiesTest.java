package io.drainwatch.drainer.context;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** C08: what holds for every context, whatever the platform says and the operator sets. */
class MapperPropertiesTest {

  @Property(tries = 1500)
  @Label("C08 every context is valid and keeps what is always true")
  void isValidAndConsistent(@ForAll("questions") Asked asked) {
    JsonNode context = ContextSchema.written(asked.context());

    assertThat(ContextSchema.complaints(context)).isEmpty();
    AlwaysTrue.check(context);
    assertThat(context.at("/vm/next_state").textValue())
        .isEqualTo(asked.effects().bosh().vm().word());
    assertThat(context.at("/instance_group/instances"))
        .filteredOn(member -> member.get("name").equals(context.at("/vm/name")))
        .hasSize(1)
        .allMatch(member -> member.get("affected").booleanValue());
  }

  @Property(tries = 500)
  @Label("C08 the same question gives the same bytes")
  void isDeterministic(@ForAll("questions") Asked asked) {
    assertThat(DrainContextJson.write(asked.context()))
        .isEqualTo(DrainContextJson.write(asked.context()));
  }

  @Property(tries = 1000)
  @Label("H19 no text is over 1,024 characters or holds a control character")
  void textsArePlain(@ForAll("questions") Asked asked) {
    checkTexts(ContextSchema.written(asked.withoutRawEvent().context()));
  }

  @Property(tries = 1000)
  @Label("every variable can be passed, is within the limit and agrees with the JSON")
  void variablesCanBePassed(@ForAll("questions") Asked asked) {
    Map<String, String> variables = asked.variables();
    JsonNode context = ContextSchema.written(asked.context());

    assertThat(variables.values())
        .allSatisfy(
            value -> assertThat(value).doesNotContain("\0").hasSizeLessThanOrEqualTo(32768));
    assertThat(variables)
        .containsEntry("DRAIN_VM_STATE", context.at("/vm/disposition").textValue())
        .containsEntry("DRAIN_VM_RECREATED", context.at("/vm/recreated").toString())
        .containsEntry("DRAIN_ID", context.get("id").textValue())
        .containsEntry("DRAIN_EVENT_TYPE", context.at("/event/type").textValue());
  }

  private static void checkTexts(JsonNode node) {
    if (node.isTextual()) {
      assertThat(node.textValue()).hasSizeLessThanOrEqualTo(1024).doesNotContainPattern("\\p{Cc}");
    }
    node.forEach(MapperPropertiesTest::checkTexts);
  }

  @Provide
  Arbitrary<Asked> questions() {
    return Combinators.combine(events(), calls(), machines(), settings())
        .as(
            (event, call, machine, setting) ->
                setting.on(machine.on(call.on(event.on(new Asked())))));
  }

  /** Part of a question. */
  private interface Part {
    Asked on(Asked asked);
  }

  private static Arbitrary<Part> events() {
    Arbitrary<Optional<Instant>> moments =
        Arbitraries.longs()
            .between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond())
            .map(Instant::ofEpochSecond)
            .optional();
    Arbitrary<Part> kind =
        Combinators.combine(
                types(),
                Arbitraries.of(EventSource.class),
                Arbitraries.of(EventPhase.class),
                Arbitraries.of(true, false))
            .as(
                (type, source, phase, seenLate) ->
                    ignored -> {
                      Asked asked = Asked.about(type).source(source).status(phase);
                      return seenLate ? asked.firstSeenAsStarted() : asked;
                    });
    return Combinators.combine(
            kind,
            texts().filter(text -> !text.isBlank()),
            texts(),
            vmNames().list().ofMaxSize(5),
            moments,
            moments,
            Arbitraries.integers().between(-5, 5000))
        .as(
            (first, id, description, vms, notBefore, deadline, seconds) ->
                asked ->
                    first
                        .on(asked)
                        .eventId(id)
                        .description(description)
                        .naming(vms)
                        .due(notBefore, deadline)
                        .lasting(Duration.ofSeconds(seconds))
                        .raw("{\"EventId\":\"x\",\"Odd\":[1.50,{}]}"));
  }

  private static Arbitrary<Part> calls() {
    return Combinators.combine(
            // peer-added has no event, and so no context
            Arbitraries.of(Hook.class).filter(hook -> hook != Hook.PEER_ADDED),
            Arbitraries.of(MaintenanceState.class),
            Arbitraries.longs().between(1, 100_000))
        .as((hook, stage, seconds) -> asked -> asked.in(hook, stage).timeout(seconds));
  }

  private static Arbitrary<Part> machines() {
    return Combinators.combine(
            vmNames(),
            vmNames(),
            Arbitraries.of("", "Deallocate", "Delete", "Other"),
            Arbitraries.of("", "west", "app"),
            texts(),
            Arbitraries.of(true, false),
            vmNames().list().ofMaxSize(4))
        .as(
            (vm, self, policy, scaleSet, zone, onHost, members) ->
                asked -> {
                  asked.of(vm).on(self).evictionPolicy(policy).scaleSet(scaleSet).zone(zone);
                  asked.disks(Asked.osDisk(onHost), Asked.dataDisk(), Asked.tempDisk());
                  return members.isEmpty()
                      ? asked
                      : asked.group(members.size(), members.toArray(String[]::new));
                });
  }

  private static Arbitrary<Part> settings() {
    return Combinators.combine(
            Arbitraries.of(true, false),
            Arbitraries.of(NextState.Disk.DELETED, NextState.Disk.UNAVAILABLE),
            Arbitraries.of(true, false),
            Arbitraries.of(true, false),
            texts().list().ofMaxSize(3))
        .as(
            (keep, disks, deploymentDeleted, replaced, jobs) ->
                asked -> {
                  asked.terminateDisks(disks).jobs(jobs.toArray(String[]::new));
                  Asked next = keep ? asked.redeployKeeps() : asked;
                  next = deploymentDeleted ? next.deploymentDeleted() : next;
                  return replaced ? next.replacement() : next;
                });
  }

  private static Arbitrary<String> types() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            "Freeze", "Reboot", "Redeploy", "Preempt", "Terminate", "SpotRebalanceRecommendation"),
        texts());
  }

  private static Arbitrary<String> vmNames() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            "west_0", "west_1", "WEST_0", "app_a1b2c3d4", "db", "west_99999999999999999999"),
        texts().filter(text -> !PlainText.of(text).isEmpty()));
  }

  /** Whatever a JSON string can hold, half surrogates and NUL too. */
  private static Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(30),
        Arbitraries.of(
            "$(reboot)", "a\nb", "a\0b", "\ud800", "x".repeat(10_000), "\ud83d\ude00".repeat(600)));
  }
}

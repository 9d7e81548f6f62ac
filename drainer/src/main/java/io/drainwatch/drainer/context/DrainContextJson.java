package io.drainwatch.drainer.context;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The context as JSON: one compact object, members in the order of the specification's examples,
 * what is not known written as null. The same context gives the same bytes.
 *
 * <p>Everything beyond ASCII is escaped. Java passes environment strings in the platform's
 * encoding, which is ASCII for a service without a locale: only so are the bytes in DRAIN_CONTEXT
 * and in the file the same everywhere.
 */
public final class DrainContextJson {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final JsonGenerator json;

  private DrainContextJson(JsonGenerator json) {
    this.json = json;
  }

  public static byte[] write(DrainContext context) {
    StringWriter text = new StringWriter(2048);
    try (JsonGenerator generator = JSON.createGenerator(text)) {
      new DrainContextJson(generator).context(context);
    } catch (IOException impossible) {
      throw new UncheckedIOException("memory cannot be written to", impossible);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void context(DrainContext context) throws IOException {
    json.writeStartObject();
    json.writeNumberField("version", DrainContext.VERSION);
    json.writeStringField("id", context.id());
    invocation(context.invocation());
    event(context.event());
    vm(context.vm());
    disks(context);
    jobs(context);
    packages(context);
    instance(context.instance());
    group(context.instanceGroup());
    deployment(context.deployment());
    affected(context);
    if (context.rawEvent().isPresent()) {
      json.writeFieldName("raw_event");
      json.writeRawValue(context.rawEvent().get().json());
    }
    json.writeEndObject();
  }

  private void invocation(DrainContext.Invocation call) throws IOException {
    json.writeObjectFieldStart("invocation");
    json.writeStringField("hook", call.hook().word());
    json.writeStringField("stage", call.stage().word());
    json.writeNumberField("attempt", call.attempt());
    json.writeBooleanField("check_status", call.checkStatus());
    json.writeBooleanField("dry_run", call.dryRun());
    json.writeStringField("started_at", Timestamp.text(call.startedAt()));
    json.writeNumberField("timeout_seconds", call.timeout().toSeconds());
    json.writeEndObject();
  }

  private void event(DrainContext.Event event) throws IOException {
    json.writeObjectFieldStart("event");
    json.writeStringField("provider", event.provider());
    json.writeStringField("id", event.id());
    json.writeStringField("type", event.type());
    json.writeStringField("status", event.status().word());
    json.writeStringField("source", event.source().word());
    moment("not_before", event.notBefore());
    moment("deadline", event.deadline());
    number("duration_seconds", seconds(event));
    json.writeStringField("description", event.description());
    json.writeStringField("resource_type", event.resourceType());
    number("document_incarnation", event.documentIncarnation());
    json.writeEndObject();
  }

  private void vm(DrainContext.Vm vm) throws IOException {
    json.writeObjectFieldStart("vm");
    json.writeStringField("name", vm.name());
    json.writeBooleanField("is_self", vm.isSelf());
    json.writeStringField("disposition", vm.disposition().word());
    json.writeBooleanField("recreated", vm.recreated());
    json.writeBooleanField("stopped", vm.stopped());
    json.writeBooleanField("deleted", vm.deleted());
    json.writeArrayFieldStart("target_states");
    for (NextState.Target target : vm.targetStates()) {
      json.writeString(target.word());
    }
    json.writeEndArray();
    state("next_state", vm.nextState());
    if (vm.sources().isPresent()) {
      FactSources sources = vm.sources().get();
      json.writeObjectFieldStart("facts_from");
      text("eviction_policy", sources.evictionPolicy());
      text("os_disk", sources.osDisk());
      text("delete_options", sources.deleteOptions());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private void disks(DrainContext context) throws IOException {
    json.writeArrayFieldStart("disks");
    for (DrainContext.Disk disk : context.disks()) {
      json.writeStartObject();
      json.writeStringField("name", disk.name());
      json.writeStringField("kind", disk.kind().word());
      number("lun", widened(disk.lun()));
      number("size_mb", disk.sizeMb());
      state("state", disk.state());
      state("next_state", disk.nextState());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void jobs(DrainContext context) throws IOException {
    json.writeArrayFieldStart("jobs");
    for (DrainContext.Job job : context.jobs()) {
      json.writeStartObject();
      json.writeStringField("name", job.name());
      state("state", job.state());
      state("next_state", job.nextState());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void packages(DrainContext context) throws IOException {
    json.writeArrayFieldStart("packages");
    for (DrainContext.Package one : context.packages()) {
      json.writeStartObject();
      json.writeStringField("name", one.name());
      json.writeBooleanField("changed", one.changed());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void instance(DrainContext.Instance instance) throws IOException {
    json.writeObjectFieldStart("instance");
    json.writeStringField("name", instance.name());
    number("index", instance.index());
    text("az", instance.az());
    state("next_state", instance.nextState());
    json.writeEndObject();
  }

  private void group(DrainContext.InstanceGroup group) throws IOException {
    json.writeObjectFieldStart("instance_group");
    text("name", group.name());
    state("next_state", group.nextState());
    number("size", widened(group.size()));
    json.writeArrayFieldStart("instances");
    for (DrainContext.InstanceGroup.Member member : group.instances()) {
      json.writeStartObject();
      json.writeStringField("name", member.name());
      json.writeBooleanField("is_self", member.isSelf());
      json.writeBooleanField("affected", member.affected());
      json.writeStringField("state", member.state().map(state -> state.word()).orElse("unknown"));
      state("next_state", member.nextState());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void deployment(DrainContext.Deployment deployment) throws IOException {
    json.writeObjectFieldStart("deployment");
    text("name", deployment.name());
    state("next_state", deployment.nextState());
    json.writeEndObject();
  }

  private void affected(DrainContext context) throws IOException {
    json.writeArrayFieldStart("affected_vms");
    for (DrainContext.AffectedVm vm : context.affectedVms()) {
      json.writeStartObject();
      json.writeStringField("name", vm.name());
      json.writeBooleanField("is_self", vm.isSelf());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void state(String member, NextState state) throws IOException {
    json.writeStringField(member, state.word());
  }

  private void text(String member, Optional<String> text) throws IOException {
    if (text.isPresent()) {
      json.writeStringField(member, text.get());
    } else {
      json.writeNullField(member);
    }
  }

  private void moment(String member, Optional<Instant> moment) throws IOException {
    text(member, moment.map(Timestamp::text));
  }

  private void number(String member, OptionalLong number) throws IOException {
    if (number.isPresent()) {
      json.writeNumberField(member, number.getAsLong());
    } else {
      json.writeNullField(member);
    }
  }

  private static OptionalLong seconds(DrainContext.Event event) {
    return event.duration().stream().mapToLong(length -> length.toSeconds()).findFirst();
  }

  private static OptionalLong widened(OptionalInt number) {
    return number.isPresent() ? OptionalLong.of(number.getAsInt()) : OptionalLong.empty();
  }
}

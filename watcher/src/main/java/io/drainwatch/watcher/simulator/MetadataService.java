package io.drainwatch.watcher.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.watcher.simulator.Answer.Delivery;
import io.drainwatch.watcher.simulator.platform.ApiVersion;
import io.drainwatch.watcher.simulator.platform.ArmedFaults;
import io.drainwatch.watcher.simulator.platform.EventDocument;
import io.drainwatch.watcher.simulator.platform.Fault;
import io.drainwatch.watcher.simulator.platform.InstanceVersions;
import io.drainwatch.watcher.simulator.platform.Outcome;
import io.drainwatch.watcher.simulator.platform.PlannedFault;
import io.drainwatch.watcher.simulator.platform.PlannedFault.Target;
import io.drainwatch.watcher.simulator.platform.SimulatedChange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides what a request is answered, and what it changes. A value in, a value out; sections 1, 2,
 * 6, 8 and 9.
 *
 * <p>First the faults that are armed, then the rules of the gate (header, proxy, parameters), then
 * the limit, then the place itself. A fault that spoils the right answer (late, cut off, stalled)
 * lets the request count; one that stands in its place does not, unless it is told to.
 */
final class MetadataService {

  /** Longer than any request of a client; what comes after it is not read. */
  static final int MOST_BYTES = 64 * 1024;

  private static final String EVENTS = "/metadata/scheduledevents";
  private static final String VERSIONS = "/metadata/versions";
  private static final String VERSION = "api-version";

  private final SimulatorSettings settings;
  private final InstanceAnswers instances;

  MetadataService(SimulatorSettings settings) {
    this.settings = settings;
    this.instances = new InstanceAnswers(settings.vms());
  }

  /** The answer, what it changed, and the ids of an acknowledgement. */
  record Reply(
      Simulation simulation,
      List<SimulatedChange> changes,
      Answer answer,
      List<String> acknowledgedIds,
      Optional<Fault> fault) {

    Reply {
      changes = List.copyOf(changes);
      acknowledgedIds = List.copyOf(acknowledgedIds);
    }
  }

  /** {@code now} has to be carried out in the simulation already. */
  Reply answer(Simulation simulation, MetadataRequest request, Instant now) {
    ArmedFaults.Hit hit = simulation.faults().hit(target(request), now);
    Simulation before = simulation.withFaults(hit.rest());
    Reply right = rightAnswer(before, request, now);
    if (hit.fault().isEmpty()) {
      return right;
    }
    PlannedFault planned = hit.fault().get();
    return switch (planned.fault()) {
      case Fault.CutOffBody ignored ->
          spoilt(planned, right, halvable(right.answer()).delivered(new Delivery.CutOff()));
      case Fault.StalledBody(Duration pause) ->
          spoilt(planned, right, halvable(right.answer()).delivered(new Delivery.Stalled(pause)));
      case Fault.SlowAnswer(Duration delay) -> spoilt(planned, right, right.answer().after(delay));
      case Fault.TruncatedJson ignored -> {
        Answer whole = halvable(right.answer());
        Answer half = whole.withBody(whole.body().substring(0, whole.body().length() / 2));
        yield instead(planned, before, right, half);
      }
      case Fault.Status(int code, var retryAfter) ->
          instead(
              planned,
              before,
              right,
              Answer.error(code, "the simulator was told to answer " + code)
                  .withRetryAfter(retryAfter));
      case Fault.EmptyBody ignored ->
          instead(planned, before, right, Answer.of(200, Answer.JSON, ""));
      case Fault.Html ignored ->
          instead(
              planned,
              before,
              right,
              Answer.of(
                  200, Answer.HTML, "<!DOCTYPE html><html><body><h1>Sign in</h1></body></html>"));
      case Fault.NullEvents ignored -> {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("DocumentIncarnation", before.platform().incarnation());
        document.putNull("Events");
        yield instead(planned, before, right, Answer.json(200, document));
      }
      case Fault.ConnectionClosed ignored ->
          instead(planned, before, right, right.answer().delivered(new Delivery.Closed()));
    };
  }

  private static Reply spoilt(PlannedFault planned, Reply right, Answer answer) {
    return new Reply(
        right.simulation(),
        right.changes(),
        answer,
        right.acknowledgedIds(),
        Optional.of(planned.fault()));
  }

  private static Reply instead(
      PlannedFault planned, Simulation before, Reply right, Answer answer) {
    return new Reply(
        planned.carriedOut() ? right.simulation() : before,
        planned.carriedOut() ? right.changes() : List.of(),
        answer,
        right.acknowledgedIds(),
        Optional.of(planned.fault()));
  }

  /** An answer without a body has nothing to break off: it gets one. */
  private static Answer halvable(Answer answer) {
    return answer.body().length() < 2 ? answer.withBody("{\"value\":\"\"}") : answer;
  }

  private static Target target(MetadataRequest request) {
    if (!request.place().equals(EVENTS)) {
      return Target.INSTANCE;
    }
    return request.method().equals("POST") ? Target.ACKNOWLEDGE : Target.EVENTS;
  }

  private Reply rightAnswer(Simulation simulation, MetadataRequest request, Instant now) {
    Optional<Answer> refused = gate(request);
    if (refused.isPresent()) {
      return reply(simulation, refused.get());
    }
    if (!request.place().equals(EVENTS)) {
      return reply(
          simulation, request.place().equals(VERSIONS) ? versions() : instances.answer(request));
    }
    Optional<Answer> unversioned = versionRefusal(request);
    if (unversioned.isPresent()) {
      return reply(simulation, unversioned.get());
    }
    if (!request.method().equals("GET") && !request.method().equals("POST")) {
      return reply(simulation, Answer.error(405, "method not allowed"));
    }
    if (settings.requestsPerSecond().isPresent()) {
      if (simulation
          .rate()
          .isExhausted(request.vm(), settings.requestsPerSecond().getAsInt(), now)) {
        return reply(
            simulation,
            Answer.error(429, "too many requests")
                .withRetryAfter(Optional.of(Duration.ofSeconds(1))));
      }
      simulation = simulation.withRate(simulation.rate().and(request.vm(), now));
    }
    Simulation awake = awake(simulation, now);
    Duration delay = awake.activation().delay(now);
    Reply reply =
        request.method().equals("GET")
            ? reply(awake, document(awake, request))
            : acknowledged(awake, request, now);
    return new Reply(
        reply.simulation(),
        reply.changes(),
        reply.answer().after(delay),
        reply.acknowledgedIds(),
        reply.fault());
  }

  private static Reply reply(Simulation simulation, Answer answer) {
    return new Reply(simulation, List.of(), answer, List.of(), Optional.empty());
  }

  /** What every place refuses. */
  private static Optional<Answer> gate(MetadataRequest request) {
    if (!request.place().startsWith("/metadata/")) {
      return Optional.of(Answer.error(404, "not found"));
    }
    if (request.forwarded()) {
      return Optional.of(Answer.error(400, "Bad request. X-Forwarded-For is not allowed"));
    }
    boolean headerNotDemanded =
        request.place().equals(EVENTS)
            && version(request)
                .flatMap(ApiVersion::of)
                .filter(version -> !version.demandsHeader())
                .isPresent();
    if (!request.hasHeader() && !headerNotDemanded) {
      return Optional.of(Answer.error(400, "Bad request. Required metadata header not specified"));
    }
    for (Map.Entry<String, List<String>> parameter : request.parameters().entrySet()) {
      if (parameter.getValue().size() > 1) {
        return Optional.of(
            Answer.error(400, "Bad request. Query parameter given twice: " + parameter.getKey()));
      }
    }
    return Optional.empty();
  }

  private Optional<Answer> versionRefusal(MetadataRequest request) {
    Optional<String> text = version(request);
    if (text.isEmpty()) {
      return Optional.of(Answer.error(400, "Bad request. api-version was not specified"));
    }
    Optional<ApiVersion> known =
        ApiVersion.of(text.get())
            .filter(version -> version != ApiVersion.V2024_07_09 || settings.preview());
    return known.isPresent()
        ? Optional.empty()
        : Optional.of(Answer.error(settings.unknownVersion(), "unknown api-version"));
  }

  static Optional<String> version(MetadataRequest request) {
    return request.parameters().getOrDefault(VERSION, List.of()).stream()
        .filter(text -> !text.isBlank())
        .findFirst();
  }

  private Simulation awake(Simulation simulation, Instant now) {
    Activation before = simulation.activation();
    Simulation after =
        before.hasGoneOff(now, settings.sleepsAfter())
            ? simulation.with(simulation.platform().withIncarnation(1))
            : simulation;
    return after.withActivation(
        before.asked(now, settings.firstAnswerDelay(), settings.sleepsAfter()));
  }

  private static Answer document(Simulation simulation, MetadataRequest request) {
    ApiVersion version = version(request).flatMap(ApiVersion::of).orElseThrow();
    return Answer.json(200, EventDocument.of(simulation.platform(), version, simulation.dates()));
  }

  private Reply acknowledged(Simulation simulation, MetadataRequest request, Instant now) {
    Optional<List<String>> ids = StartRequests.read(request.body());
    if (ids.isEmpty()) {
      return reply(simulation, Answer.error(400, "Bad request. StartRequests is malformed"));
    }
    return switch (simulation.platform().acknowledge(ids.get(), request.vm(), now)) {
      case Outcome.Done(var platform, var changes) ->
          new Reply(
              simulation.with(platform),
              changes,
              Answer.of(200, Answer.JSON, ""),
              ids.get(),
              Optional.empty());
      case Outcome.Unknown ignored ->
          new Reply(
              simulation,
              List.of(),
              settings.unknownEvent() == 200
                  ? Answer.of(200, Answer.JSON, "")
                  : Answer.error(settings.unknownEvent(), "Bad request. Unknown EventId"),
              ids.get(),
              Optional.empty());
      case Outcome.Impossible(String why) ->
          throw new IllegalStateException("an acknowledgement is never impossible: " + why);
    };
  }

  /** Whether it lists those of the scheduled events too is not documented. */
  private static Answer versions() {
    ObjectNode versions = JsonNodeFactory.instance.objectNode();
    var list = versions.putArray("apiVersions");
    InstanceVersions.ALL.forEach(list::add);
    return Answer.json(200, (JsonNode) versions);
  }
}

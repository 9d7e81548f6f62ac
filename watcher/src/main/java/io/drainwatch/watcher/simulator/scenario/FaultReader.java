package io.drainwatch.watcher.simulator.scenario;

import io.drainwatch.watcher.simulator.platform.Fault;
import io.drainwatch.watcher.simulator.platform.PlannedFault;
import io.drainwatch.watcher.simulator.platform.PlannedFault.Target;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads a fault as scenarios and the control address write it. */
final class FaultReader {

  private static final Duration STALL = Duration.ofMinutes(2);
  private static final List<Fault> WITHOUT_DETAILS =
      List.of(
          new Fault.EmptyBody(),
          new Fault.Html(),
          new Fault.TruncatedJson(),
          new Fault.NullEvents(),
          new Fault.CutOffBody(),
          new Fault.ConnectionClosed());
  private static final List<String> WITH_DETAILS = List.of("status", "stalled-body", "slow-answer");

  private FaultReader() {}

  static Optional<PlannedFault> read(Fields fields) {
    Optional<Fault> fault = fault(fields);
    Target target =
        fields.choice("on", Arrays.asList(Target.values()), Target::word).orElse(Target.EVENTS);
    PlannedFault.Extent extent = extent(fields);
    boolean carriedOut = fields.flag("carried-out");
    if (carriedOut && target != Target.ACKNOWLEDGE && target != Target.ALL) {
      fields.problem("carried-out", "is about acknowledgements: add on: acknowledge");
    }
    fields.end();
    return fault.map(kind -> new PlannedFault(kind, target, extent, carriedOut));
  }

  private static PlannedFault.Extent extent(Fields fields) {
    OptionalLong times = fields.number("times", 1, 1_000_000);
    Optional<Duration> lasting = fields.duration("for");
    boolean untilCleared = fields.flag("until-cleared");
    if ((fields.has("times") ? 1 : 0) + (fields.has("for") ? 1 : 0) + (untilCleared ? 1 : 0) > 1) {
      fields.problem("times, for and until-cleared exclude each other");
    }
    if (untilCleared) {
      return new PlannedFault.UntilCleared();
    }
    return lasting
        .<PlannedFault.Extent>map(PlannedFault.Lasting::new)
        .orElseGet(() -> new PlannedFault.Times((int) times.orElse(1)));
  }

  private static Optional<Fault> fault(Fields fields) {
    Optional<String> kind = fields.needed("kind");
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    return switch (kind.get()) {
      case "status" -> status(fields);
      case "stalled-body" ->
          Optional.of(new Fault.StalledBody(fields.duration("pause").orElse(STALL)));
      case "slow-answer" -> {
        if (!fields.has("delay")) {
          fields.problem("a slow answer needs its delay");
        }
        yield fields.duration("delay").map(Fault.SlowAnswer::new);
      }
      default -> {
        Optional<Fault> plain =
            WITHOUT_DETAILS.stream().filter(fault -> fault.word().equals(kind.get())).findFirst();
        if (plain.isEmpty()) {
          fields.problem(
              "kind",
              "\""
                  + kind.get()
                  + "\" is none of "
                  + WITH_DETAILS
                  + ", "
                  + WITHOUT_DETAILS.stream().map(Fault::word).toList());
        }
        yield plain;
      }
    };
  }

  private static Optional<Fault> status(Fields fields) {
    if (!fields.has("code")) {
      fields.problem("a status needs its code");
    }
    OptionalLong code = fields.number("code", 300, 599);
    Optional<Duration> retryAfter = fields.duration("retry-after");
    return code.isPresent()
        ? Optional.of(new Fault.Status((int) code.getAsLong(), retryAfter))
        : Optional.empty();
  }
}

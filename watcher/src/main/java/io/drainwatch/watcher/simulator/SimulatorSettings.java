package io.drainwatch.watcher.simulator;

import io.drainwatch.watcher.simulator.platform.DateStyle;
import io.drainwatch.watcher.simulator.platform.SimulatedVm;
import io.drainwatch.watcher.simulator.scenario.Scenario;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * How the simulator behaves where the platform differs from case to case.
 *
 * @param vms one placement group; the first is the VM that {@link Simulator#baseUrl()} speaks for,
 *     each other one has an address of its own
 * @param port of the first VM and the control address; 0: any free one. The others are always free
 *     ones
 * @param firstAnswerDelay the service has to be switched on: that long after the first request of
 *     the group nobody gets an answer (up to 2 min in the field)
 * @param sleepsAfter without a request for so long the service is off again, and its incarnation
 *     begins anew
 * @param unknownVersion status for a version that is not known: 404 and 400 have both been seen
 * @param unknownEvent status for acknowledging an id that is not in the document; not documented
 * @param preview whether 2024-07-09 is known, as with the feature flag
 * @param requestsPerSecond above it a VM gets 429; empty: no limit. The platform's is 5
 */
public record SimulatorSettings(
    List<SimulatedVm> vms,
    InetAddress bind,
    int port,
    Duration firstAnswerDelay,
    Duration sleepsAfter,
    int unknownVersion,
    int unknownEvent,
    boolean preview,
    OptionalInt requestsPerSecond,
    DateStyle dates) {

  /** The platform's limit per VM. */
  public static final int PLATFORM_LIMIT = 5;

  public SimulatorSettings {
    vms = List.copyOf(vms);
    if (vms.isEmpty()) {
      throw new IllegalArgumentException("the simulator needs at least one VM to speak for");
    }
    if (vms.stream().map(vm -> vm.name().toLowerCase(Locale.ROOT)).distinct().count()
        < vms.size()) {
      throw new IllegalArgumentException(
          "two VMs have the same name; case does not matter: "
              + vms.stream().map(SimulatedVm::name).toList());
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("there is no port " + port);
    }
    if (unknownVersion != 404 && unknownVersion != 400) {
      throw new IllegalArgumentException(
          "an unknown version is answered with 404 or 400, not " + unknownVersion);
    }
    if (unknownEvent != 400 && unknownEvent != 200) {
      throw new IllegalArgumentException(
          "an unknown event is answered with 400 or 200, not " + unknownEvent);
    }
    if (firstAnswerDelay.isNegative() || sleepsAfter.isNegative()) {
      throw new IllegalArgumentException("times cannot be negative");
    }
    if (requestsPerSecond.isPresent() && requestsPerSecond.getAsInt() < 1) {
      throw new IllegalArgumentException("the limit of requests is at least 1 per second");
    }
  }

  /** One VM, loopback, any free port, no delays and no limit. */
  public static SimulatorSettings forVm(String name) {
    return forVms(SimulatedVm.named(name));
  }

  public static SimulatorSettings forVms(SimulatedVm... vms) {
    return new SimulatorSettings(
        Arrays.asList(vms),
        InetAddress.getLoopbackAddress(),
        0,
        Duration.ZERO,
        Duration.ofHours(24),
        404,
        400,
        false,
        OptionalInt.empty(),
        DateStyle.RFC_1123);
  }

  /** The scenario's VMs; {@code otherwise} if it has none of its own. */
  public static SimulatorSettings forScenario(Scenario scenario, SimulatedVm otherwise) {
    return scenario.vms().isEmpty()
        ? forVms(otherwise)
        : forVms(scenario.vms().toArray(SimulatedVm[]::new));
  }

  public SimulatedVm self() {
    return vms.getFirst();
  }

  public SimulatorSettings withPort(int other) {
    return new SimulatorSettings(
        vms,
        bind,
        other,
        firstAnswerDelay,
        sleepsAfter,
        unknownVersion,
        unknownEvent,
        preview,
        requestsPerSecond,
        dates);
  }

  /** Beyond loopback everyone who reaches the port can give orders. */
  public SimulatorSettings withBind(InetAddress other) {
    return new SimulatorSettings(
        vms,
        other,
        port,
        firstAnswerDelay,
        sleepsAfter,
        unknownVersion,
        unknownEvent,
        preview,
        requestsPerSecond,
        dates);
  }

  public SimulatorSettings withFirstAnswerDelay(Duration delay) {
    return new SimulatorSettings(
        vms,
        bind,
        port,
        delay,
        sleepsAfter,
        unknownVersion,
        unknownEvent,
        preview,
        requestsPerSecond,
        dates);
  }

  public SimulatorSettings withUnknownVersion(int status) {
    return new SimulatorSettings(
        vms,
        bind,
        port,
        firstAnswerDelay,
        sleepsAfter,
        status,
        unknownEvent,
        preview,
        requestsPerSecond,
        dates);
  }

  public SimulatorSettings withUnknownEvent(int status) {
    return new SimulatorSettings(
        vms,
        bind,
        port,
        firstAnswerDelay,
        sleepsAfter,
        unknownVersion,
        status,
        preview,
        requestsPerSecond,
        dates);
  }

  public SimulatorSettings withPreview() {
    return new SimulatorSettings(
        vms,
        bind,
        port,
        firstAnswerDelay,
        sleepsAfter,
        unknownVersion,
        unknownEvent,
        true,
        requestsPerSecond,
        dates);
  }

  public SimulatorSettings withLimit(int perSecond) {
    return new SimulatorSettings(
        vms,
        bind,
        port,
        firstAnswerDelay,
        sleepsAfter,
        unknownVersion,
        unknownEvent,
        preview,
        OptionalInt.of(perSecond),
        dates);
  }

  public SimulatorSettings withDates(DateStyle style) {
    return new SimulatorSettings(
        vms,
        bind,
        port,
        firstAnswerDelay,
        sleepsAfter,
        unknownVersion,
        unknownEvent,
        preview,
        requestsPerSecond,
        style);
  }
}

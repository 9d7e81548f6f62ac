package io.drainwatch.watcher.simulator.scenario;

import io.drainwatch.watcher.simulator.platform.EventPlan;
import io.drainwatch.watcher.simulator.platform.Order;
import io.drainwatch.watcher.simulator.platform.SimulatedVm;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is to happen, and when, counted from the start.
 *
 * @param vms the first one is the one that the simulator speaks for; none: whatever VMs the
 *     simulator has
 * @param steps in the order of their time
 */
public record Scenario(String name, String description, List<SimulatedVm> vms, List<Step> steps) {

  /** One order and when it is carried out. */
  public record Step(Duration after, Order order) {}

  private static final List<String> BUILT_IN =
      List.of("freeze", "reboot", "redeploy", "preempt", "terminate", "cancelled", "host-failure");

  private static final long MOST_BYTES = 1 << 20;

  public Scenario {
    vms = List.copyOf(vms);
    steps = steps.stream().sorted(Comparator.comparing(Step::after)).toList();
  }

  /** The words that {@link #builtIn} takes. */
  public static List<String> builtInNames() {
    return BUILT_IN;
  }

  /**
   * A scenario that comes along, on the simulator's own VM and over within half a minute.
   *
   * @param name one of {@link #builtInNames}; case does not matter
   * @param notice in place of the scenario's own
   * @throws IllegalArgumentException for another name
   */
  public static Scenario builtIn(String name, Optional<Duration> notice) {
    String word = name.toLowerCase(Locale.ROOT);
    if (!BUILT_IN.contains(word)) {
      throw new IllegalArgumentException(
          "there is no built-in scenario \"" + name + "\": the names are " + BUILT_IN);
    }
    String resource = word + ".yml";
    try (InputStream file = Scenario.class.getResourceAsStream(resource)) {
      if (file == null) {
        throw new IllegalStateException("the scenario " + resource + " is missing from this build");
      }
      Scenario scenario =
          ScenarioReader.read(resource, new String(file.readAllBytes(), StandardCharsets.UTF_8));
      return notice.map(scenario::withNotice).orElse(scenario);
    } catch (IOException failure) {
      throw new UncheckedIOException("the scenario " + resource + " cannot be read", failure);
    }
  }

  /**
   * Reads a scenario file.
   *
   * @throws InvalidScenario with everything that is wrong with it
   */
  public static Scenario read(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException(file + " is larger than 1 MiB: this is no scenario");
    }
    return read(file.toString(), Files.readString(file));
  }

  /** Reads YAML; {@code called} stands in messages, and is the name if the text has none. */
  public static Scenario read(String called, String yaml) {
    return ScenarioReader.read(called, yaml);
  }

  /** The same with this notice for every event; cancellations keep their share of it. */
  public Scenario withNotice(Duration notice) {
    return new Scenario(
        name,
        description,
        vms,
        steps.stream()
            .map(
                step ->
                    step.order() instanceof Order.Schedule(EventPlan plan)
                        ? new Step(step.after(), new Order.Schedule(withNotice(plan, notice)))
                        : step)
            .toList());
  }

  private static EventPlan withNotice(EventPlan plan, Duration notice) {
    if (plan.startsAtOnce() || plan.isAdvice()) {
      return plan;
    }
    EventPlan.Builder builder = plan.toBuilder().notice(notice);
    long before = plan.notice().toMillis();
    if (before > 0) {
      plan.cancelAfter()
          .map(time -> Duration.ofMillis(notice.toMillis() * time.toMillis() / before))
          .ifPresent(builder::cancelAfter);
    }
    return builder.build();
  }

  /** When its last event is over if nobody acknowledges and no step ends one early. */
  public Duration length() {
    Duration length = Duration.ZERO;
    for (Step step : steps) {
      Duration end = step.after();
      if (step.order() instanceof Order.Schedule(EventPlan plan)) {
        Duration life =
            plan.startsAtOnce() ? plan.startedFor() : plan.notice().plus(plan.startedFor());
        end = end.plus(plan.cancelAfter().orElse(life));
      }
      length = length.compareTo(end) < 0 ? end : length;
    }
    return length;
  }
}

package io.drainwatch.watcher.simulator.scenario;

import io.drainwatch.watcher.simulator.platform.DateStyle;
import io.drainwatch.watcher.simulator.platform.EventPlan;
import io.drainwatch.watcher.simulator.platform.Order;
import io.drainwatch.watcher.simulator.platform.PlannedFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads the JSON bodies of the control address, with the keys of scenario files. Each throws {@link
 * InvalidScenario} with everything that is wrong.
 */
public final class Orders {

  private Orders() {}

  public static EventPlan event(String json) {
    return read("the event", json, fields -> Optional.of(EventReader.read(fields)));
  }

  public static PlannedFault fault(String json) {
    return read("the fault", json, FaultReader::read);
  }

  /** {@code {"jump": 2}} or {@code {"reset": 1}}. */
  public static Order incarnation(String json) {
    return read("the incarnation", json, StepReader::incarnation);
  }

  /** {@code {"style": "iso"}}. */
  public static DateStyle dates(String json) {
    return read(
        "the style of dates",
        json,
        fields -> {
          fields.needed("style");
          Optional<DateStyle> style =
              fields.choice("style", Arrays.asList(DateStyle.values()), DateStyle::word);
          fields.end();
          return style;
        });
  }

  /** {@code {"forward": "10m"}}. */
  public static Duration clock(String json) {
    return read(
        "the step of the clock",
        json,
        fields -> {
          fields.needed("forward");
          Optional<Duration> forward = fields.duration("forward");
          fields.end();
          return forward;
        });
  }

  private static <T> T read(String what, String json, Function<Fields, Optional<T>> reader) {
    List<Problem> problems = new ArrayList<>();
    Located tree = Located.json(json, problems);
    Optional<T> read =
        problems.isEmpty() ? reader.apply(new Fields("", tree, problems)) : Optional.empty();
    if (!problems.isEmpty() || read.isEmpty()) {
      throw new InvalidScenario(what, problems);
    }
    return read.get();
  }
}

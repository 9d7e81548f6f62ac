package io.drainwatch.watcher.simulator.scenario;

import io.drainwatch.watcher.simulator.platform.DateStyle;
import io.drainwatch.watcher.simulator.platform.Order;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads one step: a time and one order. */
final class StepReader {

  private static final List<String> ORDERS =
      List.of(
          "event",
          "cancel",
          "start",
          "end",
          "acknowledge",
          "fault",
          "clear-faults",
          "incarnation",
          "dates");

  private StepReader() {}

  static Optional<Scenario.Step> read(Fields fields) {
    Duration after = fields.duration("after").orElse(Duration.ZERO);
    List<String> given = ORDERS.stream().filter(fields::has).toList();
    if (given.size() != 1) {
      fields.problem(
          (given.isEmpty() ? "says nothing to do" : "says more than one thing to do: " + given)
              + "; a step has exactly one of "
              + ORDERS);
    }
    Optional<Order> order = Optional.empty();
    for (String key : given) {
      order = order(key, fields);
    }
    fields.end();
    return given.size() == 1 ? order.map(what -> new Scenario.Step(after, what)) : Optional.empty();
  }

  private static Optional<Order> order(String key, Fields fields) {
    return switch (key) {
      case "event" -> Optional.of(new Order.Schedule(EventReader.read(fields.group(key))));
      case "cancel" -> fields.name(key).map(Order.Cancel::new);
      case "start" -> fields.name(key).map(Order.StartNow::new);
      case "end" -> fields.name(key).map(Order.EndNow::new);
      case "acknowledge" -> {
        Fields acknowledge = fields.group(key);
        Optional<String> event = acknowledge.needed("event");
        String by = acknowledge.name("by").orElse("the scenario");
        acknowledge.end();
        yield event.map(id -> new Order.Acknowledge(id, by));
      }
      case "fault" -> FaultReader.read(fields.group(key)).map(Order.SetFault::new);
      case "clear-faults" -> {
        if (!fields.flag(key)) {
          fields.problem(key, "can only be true");
        }
        yield Optional.of(new Order.ClearFaults());
      }
      case "incarnation" -> incarnation(fields.group(key));
      case "dates" ->
          fields
              .choice(key, Arrays.asList(DateStyle.values()), DateStyle::word)
              .map(Order.WriteDates::new);
      default -> throw new IllegalStateException("no reader for " + key);
    };
  }

  static Optional<Order> incarnation(Fields fields) {
    OptionalLong jump = fields.number("jump", 1, Integer.MAX_VALUE);
    OptionalLong reset = fields.number("reset", 0, Integer.MAX_VALUE);
    if (fields.has("jump") == fields.has("reset")) {
      fields.problem("needs either jump or reset");
    }
    fields.end();
    if (jump.isPresent()) {
      return Optional.of(new Order.JumpIncarnation(jump.getAsLong()));
    }
    return reset.isPresent()
        ? Optional.of(new Order.ResetIncarnation(reset.getAsLong()))
        : Optional.empty();
  }
}

package io.drainwatch.watcher.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.watcher.simulator.platform.Order;
import io.drainwatch.watcher.simulator.platform.Outcome;
import io.drainwatch.watcher.simulator.scenario.InvalidScenario;
import io.drainwatch.watcher.simulator.scenario.Orders;
import io.drainwatch.watcher.simulator.scenario.Scenario;
import java.util.List;
import java.util.Optional;

/**
 * Orders over HTTP, under {@code /simulator}. Bodies are JSON with the keys of scenario files.
 *
 * <p>A browser says with {@code Origin} that a page of some site sends the request: refused, since
 * a simulated event may empty a real machine.
 */
final class ControlAddress {

  private static final String ROOT = "/simulator";
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final List<String> PLACES =
      List.of(
          "GET /simulator/state",
          "GET /simulator/requests",
          "POST /simulator/events {\"type\": \"Reboot\", \"notice\": \"20s\"}",
          "POST /simulator/events/{id or name}/cancel, start, end or acknowledge",
          "POST /simulator/faults {\"kind\": \"status\", \"code\": 500, \"times\": 3}",
          "DELETE /simulator/faults",
          "POST /simulator/incarnation {\"jump\": 2} or {\"reset\": 1}",
          "POST /simulator/dates {\"style\": \"iso\"}",
          "POST /simulator/clock {\"forward\": \"10m\"}",
          "POST /simulator/scenario (a scenario file)");

  private final Simulator simulator;

  ControlAddress(Simulator simulator) {
    this.simulator = simulator;
  }

  boolean isAt(String path) {
    return path.equals(ROOT) || path.startsWith(ROOT + "/");
  }

  Answer answer(String method, String path, boolean fromBrowser, String body) {
    if (fromBrowser) {
      return Answer.error(403, "web pages cannot give orders to the simulator");
    }
    List<String> parts = List.of(path.substring(1).split("/", -1));
    String place = method + " " + String.join("/", parts.subList(1, parts.size()));
    try {
      if (parts.size() == 4 && parts.get(1).equals("events")) {
        return eventOrder(method, parts.get(2), parts.get(3));
      }
      return switch (place) {
        case "GET ", "GET help" -> help(200);
        case "GET state" -> Answer.json(200, StateDocument.of(simulator.state()));
        case "GET requests" -> Answer.json(200, StateDocument.of(simulator.requests()));
        case "POST events" -> schedule(body);
        case "POST faults" -> done(new Order.SetFault(Orders.fault(body)));
        case "DELETE faults" -> done(new Order.ClearFaults());
        case "POST incarnation" -> done(Orders.incarnation(body));
        case "POST dates" -> done(new Order.WriteDates(Orders.dates(body)));
        case "POST clock" -> {
          simulator.stepClock(Orders.clock(body));
          yield state();
        }
        case "POST scenario" -> {
          simulator.play(Scenario.read("the scenario", body));
          yield state();
        }
        default -> help(404);
      };
    } catch (InvalidScenario invalid) {
      ObjectNode error = NODES.objectNode().put("error", "not usable");
      ArrayNode problems = error.putArray("problems");
      invalid.problems().forEach(problem -> problems.add(problem.toString()));
      return Answer.json(400, error);
    } catch (IllegalArgumentException impossible) {
      return Answer.error(409, String.valueOf(impossible.getMessage()));
    }
  }

  private Answer schedule(String body) {
    String id = simulator.schedule(Orders.event(body));
    return Answer.json(201, NODES.objectNode().put("id", id));
  }

  private Answer eventOrder(String method, String event, String verb) {
    if (!method.equals("POST")) {
      return help(405);
    }
    return switch (verb) {
      case "cancel" -> done(new Order.Cancel(event));
      case "start" -> done(new Order.StartNow(event));
      case "end" -> done(new Order.EndNow(event));
      case "acknowledge" -> done(new Order.Acknowledge(event, "the control address"));
      default -> help(404);
    };
  }

  private Answer done(Order order) {
    Optional<Outcome> refused = simulator.perform(order);
    if (refused.isEmpty()) {
      return state();
    }
    int status = refused.get() instanceof Outcome.Unknown ? 404 : 409;
    return Answer.error(status, Simulation.sentence(refused.get()));
  }

  private Answer state() {
    return Answer.json(200, StateDocument.of(simulator.state()));
  }

  private static Answer help(int status) {
    ObjectNode help = NODES.objectNode();
    ArrayNode places = help.putArray("places");
    PLACES.forEach(places::add);
    return Answer.json(status, help);
  }
}

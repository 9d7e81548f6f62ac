package io.drainwatch.watcher.clusterview;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.drainer.pods.Decision;
import io.drainwatch.drainer.pods.PodFacts;
import io.drainwatch.drainer.pods.Why;

/** A forecast for programs. A key without a value is absent. */
public final class DrainForecastJson {
  private DrainForecastJson() {}

  public static ObjectNode of(DrainForecast forecast) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("node", Cell.name(forecast.node().name()))
        .put("ready", forecast.node().readiness().ready())
        .put("unschedulable", forecast.node().unschedulable())
        .put("clear", forecast.isClear())
        .put("toBeEvicted", forecast.going())
        .put("holdingUp", forecast.holdingUp());
    ArrayNode pods = json.putArray("pods");
    forecast.pods().forEach(each -> pods.add(pod(each)));
    return json;
  }

  private static ObjectNode pod(DrainForecast.PodForecast each) {
    PodFacts pod = each.judged().pod();
    Decision decision = each.judged().decision();
    Why why = decision.why();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    each.order().ifPresent(order -> json.put("order", order));
    json.put("namespace", Cell.of(pod.namespace(), Cell.NAME))
        .put("name", Cell.of(pod.name(), 2 * Cell.NAME))
        .put("uid", Cell.of(pod.uid(), Cell.NAME))
        .put("decision", DrainForecast.PodForecast.decision(decision))
        .put("reason", why.reason().word())
        .put("text", Cell.sentence(why.text()));
    why.warning().ifPresent(warning -> json.put("warning", Cell.sentence(warning)));
    decision.occupies().ifPresent(tier -> json.put("tier", tier.number()));
    json.put("holdsUp", each.holdsUp());
    ObjectNode answer = json.putObject("answer");
    answer.put("word", each.prediction().answer().word());
    each.prediction().by().ifPresent(by -> answer.put("by", by));
    if (!each.prediction().why().isEmpty()) {
      answer.put("text", each.prediction().why());
    }
    return json;
  }
}

package io.drainwatch.drainer.context;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The environment of webdevops/azure-scheduledevents-manager, for scripts written for it ({@code
 * compat.webdevops: true}). It passes the event's own texts on, so NotBefore is in the platform's
 * format and resources are separated by a space.
 */
public final class WebdevopsVariables {
  private static final DateTimeFormatter PLATFORM =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private WebdevopsVariables() {}

  public static Map<String, String> of(DrainContext context, int maximumInlineBytes) {
    DrainContext.Event event = context.event();
    VariableMap variables = new VariableMap(maximumInlineBytes);
    variables.put("EVENT_ID", event.id());
    variables.put("EVENT_SOURCE", VariableMap.source(event.source()));
    variables.put("EVENT_STATUS", event.status().word());
    variables.put("EVENT_TYPE", event.type());
    variables.put("EVENT_NOTBEFORE", event.notBefore().map(PLATFORM::format).orElse(""));
    variables.put(
        "EVENT_RESOURCES",
        context.affectedVms().stream().map(vm -> vm.name()).collect(Collectors.joining(" ")));
    variables.put("EVENT_RESOURCETYPE", event.resourceType());
    return variables.asMap();
  }
}

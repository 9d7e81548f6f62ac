package io.drainwatch.watcher.configuration;

import io.drainwatch.drainer.slipstream.SlipStreamSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code drainwatch.slipstream.*} (drain-scripts.md part 4). What a pattern, an action or a rule
 * may be is SlipStream mode's own affair; here its errors become faults.
 */
final class SlipStreamReader {
  static final String ACTIONS = "drainwatch.slipstream.actions";

  private static final String SECTION = "drainwatch.slipstream.";
  private static final int LONGEST = 256;
  private static final Pattern TYPE = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");

  private SlipStreamReader() {}

  static SlipStreamSettings read(Values values) {
    SlipStreamSettings off = SlipStreamSettings.off();
    boolean on = values.flag(SECTION + "enabled").orElse(false);
    Path directory = values.one(SECTION + "dir", Texts::directory).orElse(off.directory());
    boolean variables = values.flag(SECTION + "drain-variables").orElse(off.drainVariables());
    Optional<String> pattern = text(values, SECTION + "pattern");
    Optional<String> exitCode = text(values, SECTION + "exit-code");
    return switch (SlipStreamSettings.read(
        on, directory, pattern, actions(values), exitCode, variables)) {
      case SlipStreamSettings.Reading.Read(var settings) -> {
        remarks(settings, values.findings());
        yield settings;
      }
      case SlipStreamSettings.Reading.Wrong(var errors) -> {
        errors.forEach(error -> fault(values, error));
        yield off;
      }
    };
  }

  private static void remarks(SlipStreamSettings settings, Findings findings) {
    if (!settings.on() && !settings.equals(SlipStreamSettings.off())) {
      findings.remark(SECTION + "enabled is false, so no other key of the section has an effect");
    }
  }

  private static Map<String, String> actions(Values values) {
    Map<String, String> actions = new LinkedHashMap<>();
    for (String key : values.keys()) {
      if (key.startsWith(ACTIONS + '.')) {
        String type = key.substring(ACTIONS.length() + 1);
        Optional<String> action = text(values, key);
        if (!TYPE.matcher(type).matches()) {
          values.fault(key, "must be an event's type with one action, such as Reboot: vm_resize");
        } else {
          action.ifPresent(word -> actions.put(type, word));
        }
      }
    }
    return actions;
  }

  private static Optional<String> text(Values values, String key) {
    return values.one(key, text -> Texts.line(text, LONGEST));
  }

  // "slipstream.pattern: 'value' is no ..." is the fault "is no ..." of that key under drainwatch;
  // the value is printed with the key, where it looks like a secret not at all
  private static void fault(Values values, String error) {
    int end = error.indexOf(": ");
    String key = "drainwatch." + error.substring(0, end);
    String quoted =
        values.given(key).flatMap(Given::text).map(text -> "'" + text + "' ").orElse("");
    values.fault(key, PrintedValue.plain(error.substring(end + 2).replace(quoted, "")));
  }
}

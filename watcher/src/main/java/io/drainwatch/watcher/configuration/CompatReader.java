package io.drainwatch.watcher.configuration;

import io.drainwatch.drainer.drainsafe.DrainSafeMode;

/** {@code drainwatch.compat.*}: for scripts and tools written for others. */
final class CompatReader {
  private static final String SECTION = "drainwatch.compat.";
  private static final Words<DrainSafeMode> MODES = Words.of(DrainSafeMode.class);

  private CompatReader() {}

  static DrainwatchSettings.Compat read(Values values, KubernetesSettings.Form form) {
    DrainwatchSettings.Compat compat =
        new DrainwatchSettings.Compat(
            values.flag(SECTION + "webdevops").orElse(false),
            values.one(SECTION + "drainsafe", CompatReader::mode).orElse(DrainSafeMode.OFF),
            values.flag(SECTION + "drainsafe-grace").orElse(false));
    if (form == KubernetesSettings.Form.NONE
        && (compat.drainsafe() != DrainSafeMode.OFF || compat.drainsafeGrace())) {
      values
          .findings()
          .remark(
              SECTION
                  + "drainsafe and drainsafe-grace have no effect on a plain VM: there is no Node"
                  + " to annotate, and nothing is evicted");
    }
    return compat;
  }

  /** True, as issue and habit have it, is to write. */
  private static Parsed<DrainSafeMode> mode(String text) {
    if (text.equalsIgnoreCase("true")) {
      return Parsed.of(DrainSafeMode.WRITE);
    }
    return text.equalsIgnoreCase("false") ? Parsed.of(DrainSafeMode.OFF) : MODES.parse(text);
  }
}

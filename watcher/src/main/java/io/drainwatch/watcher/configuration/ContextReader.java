package io.drainwatch.watcher.configuration;

import io.drainwatch.watcher.configuration.DrainContextSettings.DeploymentNextState;
import io.drainwatch.watcher.configuration.DrainContextSettings.TerminateDisks;
import java.util.List;

/** {@code drainwatch.context.*}. */
final class ContextReader {
  private static final String SECTION = "drainwatch.context.";
  private static final int LONGEST_NAME = 256;

  private ContextReader() {}

  static DrainContextSettings read(Values values) {
    return new DrainContextSettings(
        values
            .number(
                SECTION + "version",
                DrainContextSettings.DEFAULT_VERSION,
                DrainContextSettings.DEFAULT_VERSION)
            .orElse(DrainContextSettings.DEFAULT_VERSION),
        values.many(SECTION + "jobs", text -> Texts.line(text, LONGEST_NAME)).orElse(List.of()),
        values
            .choice(SECTION + "terminate-disks", Words.of(TerminateDisks.class))
            .orElse(TerminateDisks.DELETED),
        values.one(SECTION + "deployment-name", text -> Texts.line(text, LONGEST_NAME)),
        values
            .choice(SECTION + "deployment-next-state", Words.of(DeploymentNextState.class))
            .orElse(DeploymentNextState.UPDATED),
        values.flag(SECTION + "replacement").orElse(false),
        values.flag(SECTION + "raw-event").orElse(false),
        values.flag(SECTION + "resource-manager").orElse(false));
  }
}

package io.drainwatch.watcher.doctor;

import io.drainwatch.watcher.configuration.DrainwatchSettings;
import io.drainwatch.watcher.configuration.KubernetesSettings;
import io.drainwatch.watcher.notify.Inspection;
import java.util.ArrayList;
import java.util.List;

/** Shell: looks at whom the daemon of this machine would tell; sends nothing. */
final class ReceiversLook {
  private ReceiversLook() {}

  static List<Inspection> at(DrainwatchSettings settings) {
    List<Inspection> receivers = new ArrayList<>();
    // in form controller the drainer tells, and has the files
    if (settings.kubernetes().form() != KubernetesSettings.Form.CONTROLLER) {
      settings.notifications().sinks().forEach(sink -> receivers.add(Inspection.of(sink)));
    }
    if (settings.tracing().enabled()) {
      receivers.add(
          Inspection.of(
              settings.tracing().wire(),
              settings.tracing().address(),
              settings.tracing().headers()));
    }
    return receivers;
  }
}

package io.drainwatch.watcher.cli;

import io.drainwatch.watcher.configuration.DrainwatchSettings;
import io.drainwatch.watcher.configuration.KubernetesSettings;
import io.drainwatch.watcher.notify.NotificationSettings;
import java.util.Optional;

/** Who tells whom: in form controller the drainer tells, and nobody tells twice. */
final class ConfiguredSinks {
  private ConfiguredSinks() {}

  static Optional<NotificationSettings> ofTheDaemon(DrainwatchSettings settings) {
    return settings.kubernetes().form() == KubernetesSettings.Form.CONTROLLER
        ? Optional.empty()
        : given(settings);
  }

  static Optional<NotificationSettings> ofTheDrainer(DrainwatchSettings settings) {
    return given(settings).map(NotificationSettings::ofACluster);
  }

  private static Optional<NotificationSettings> given(DrainwatchSettings settings) {
    return Optional.of(settings.notifications()).filter(each -> !each.isEmpty());
  }
}

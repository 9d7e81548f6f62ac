package io.drainwatch.watcher.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whoever tells has the secrets, and nobody else. */
class NotificationsTest {
  private static final Values TELLING =
      Values.least().with("notifications.secret", "drainwatch-sinks");

  @BeforeAll
  static void needsHelm() {
    Chart.assumeHelm();
  }

  private static boolean hasSecrets(PodTemplateSpec pod) {
    boolean hasVolume =
        pod.getSpec().getVolumes().stream()
            .anyMatch(
                volume ->
                    volume.getSecret() != null
                        && volume.getSecret().getSecretName().equals("drainwatch-sinks"));
    boolean isMounted =
        Manifests.container(pod).getVolumeMounts().stream()
            .anyMatch(
                mount ->
                    mount.getMountPath().equals("/etc/drainwatch/secrets") && mount.getReadOnly());
    assertThat(isMounted).isEqualTo(hasVolume);
    return hasVolume;
  }

  @Test
  void inFormControllerTheDrainerHasThem() {
    Manifests manifests = Chart.render(TELLING);

    assertThat(hasSecrets(manifests.drainer())).isTrue();
    assertThat(hasSecrets(manifests.watcher())).isFalse();
  }

  @Test
  void inFormAgentTheWatchersHaveThem() {
    assertThat(hasSecrets(Chart.render(TELLING.with("form", "agent")).watcher())).isTrue();
  }

  @Test
  void nobodyHasThemWhereNoneAreGiven() {
    assertThat(Chart.render(Values.least()).pods()).noneMatch(NotificationsTest::hasSecrets);
  }
}

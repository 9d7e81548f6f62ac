package io.drainwatch.watcher.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PodsTest {
  @BeforeAll
  static void needsHelm() {
    Chart.assumeHelm();
  }

  @Test
  void haveNoPrivileges() {
    assertThat(Chart.render(Values.least()).pods()).hasSize(2).allSatisfy(PodsTest::isConfined);
  }

  private static void isConfined(PodTemplateSpec pod) {
    PodSpec spec = pod.getSpec();
    assertThat(spec.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(spec.getSecurityContext().getRunAsUser()).isEqualTo(65_532);
    assertThat(spec.getSecurityContext().getRunAsGroup()).isEqualTo(65_532);
    assertThat(spec.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(spec.getHostPID()).isNull();
    assertThat(spec.getHostNetwork()).isNull();
    assertThat(spec.getVolumes()).allMatch(volume -> volume.getHostPath() == null);
    cannotRise(Manifests.container(pod));
  }

  private static void cannotRise(Container container) {
    assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
    assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
    assertThat(container.getSecurityContext().getPrivileged()).isNull();
    assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(container.getSecurityContext().getCapabilities().getAdd()).isEmpty();
  }

  @Test
  void ofRootStillHaveNoCapabilities() {
    PodTemplateSpec pod = Chart.render(Values.least().with("watcher.privilege", "root")).watcher();

    assertThat(pod.getSpec().getSecurityContext().getRunAsUser()).isZero();
    assertThat(pod.getSpec().getHostPID()).isNull();
    cannotRise(Manifests.container(pod));
  }

  @Test
  void ofTheHostAreTheWatchersOnly() {
    Manifests manifests = Chart.render(Values.least().with("watcher.privilege", "host"));

    assertThat(manifests.watcher().getSpec().getHostPID()).isTrue();
    assertThat(Manifests.container(manifests.watcher()).getSecurityContext().getPrivileged())
        .isTrue();
    isConfined(manifests.drainer());
  }

  @Test
  void ofTheWatcherStayOnEveryLinuxNode() {
    PodSpec watcher = Chart.render(Values.least()).watcher().getSpec();

    assertThat(watcher.getTolerations())
        .containsExactly(new Toleration(null, null, "Exists", null, null));
    assertThat(watcher.getNodeSelector()).containsOnly(entry("kubernetes.io/os", "linux"));
    assertThat(watcher.getPriorityClassName()).isEqualTo("system-node-critical");
  }

  @Test
  void ofTheDrainerAreSpreadAndGuarded() {
    Manifests manifests = Chart.render(Values.least());

    assertThat(manifests.drainer().getSpec().getTopologySpreadConstraints().getFirst())
        .satisfies(
            spread -> {
              assertThat(spread.getTopologyKey()).isEqualTo("kubernetes.io/hostname");
              assertThat(spread.getMaxSkew()).isEqualTo(1);
              assertThat(spread.getWhenUnsatisfiable()).isEqualTo("DoNotSchedule");
              assertThat(spread.getNodeTaintsPolicy()).isEqualTo("Honor");
            });
    assertThat(manifests.only(PodDisruptionBudget.class).getSpec().getMaxUnavailable().getIntVal())
        .isEqualTo(1);
  }

  @Test
  void areToldWhoAndWhereTheyAre() {
    for (PodTemplateSpec pod : Chart.render(Values.least()).pods()) {
      Container container = Manifests.container(pod);
      assertThat(fields(container))
          .containsOnly(
              entry("DRAINWATCH_KUBERNETES_NODE_NAME", "spec.nodeName"),
              entry("DRAINWATCH_KUBERNETES_POD_NAME", "metadata.name"),
              entry("DRAINWATCH_KUBERNETES_POD_UID", "metadata.uid"),
              entry("DRAINWATCH_KUBERNETES_NAMESPACE", "metadata.namespace"));
      assertThat(variable(container, "DRAINWATCH_KUBERNETES_FORM")).isEqualTo("controller");
      assertThat(variable(container, "MICRONAUT_SERVER_PORT")).isEqualTo("9797");
      assertThat(pod.getSpec().getEnableServiceLinks()).isFalse();
      assertThat(pod.getSpec().getAutomountServiceAccountToken()).isTrue();
    }
  }

  private static Map<String, String> fields(Container container) {
    return container.getEnv().stream()
        .filter(each -> each.getValueFrom() != null)
        .collect(
            Collectors.toMap(
                EnvVar::getName, each -> each.getValueFrom().getFieldRef().getFieldPath()));
  }

  private static String variable(Container container, String name) {
    return container.getEnv().stream()
        .filter(each -> each.getName().equals(name))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  @Test
  void runWatcherAndDrainerByTheSameFile() {
    Manifests manifests = Chart.render(Values.least());

    assertThat(Manifests.container(manifests.watcher()).getArgs())
        .containsExactly("run", "--config", "/etc/drainwatch/drainwatch.yml");
    assertThat(Manifests.container(manifests.drainer()).getArgs())
        .containsExactly("drainer", "--config", "/etc/drainwatch/drainwatch.yml");
    assertThat(manifests.pods())
        .allSatisfy(
            pod ->
                assertThat(mounts(pod)).containsEntry("/etc/drainwatch/drainwatch.yml", "config"));
  }

  /**
   * A state directory that others can write is refused; an emptyDir's own can be written by all.
   */
  @Test
  void keepTheirStateBelowTheVolumeAndNotInIt() {
    for (PodTemplateSpec pod : Chart.render(Values.least()).pods()) {
      assertThat(mounts(pod)).containsEntry("/var/lib/drainwatch", "state");
      assertThat(variable(Manifests.container(pod), "DRAINWATCH_STATE_DIR"))
          .isEqualTo("/var/lib/drainwatch/state");
    }
  }

  private static Map<String, String> mounts(PodTemplateSpec pod) {
    return Manifests.container(pod).getVolumeMounts().stream()
        .collect(Collectors.toMap(VolumeMount::getMountPath, VolumeMount::getName));
  }

  @ParameterizedTest
  @CsvSource({
    "false, none, 0.0.0.0",
    "false, PodMonitor, 0.0.0.0",
    "true, none, 127.0.0.1",
    "true, PodMonitor, 0.0.0.0",
  })
  void listenNoWiderThanTheyAreAsked(boolean hostNetwork, String monitoring, String host) {
    Manifests manifests =
        Chart.render(
            Values.least()
                .with("watcher.hostNetwork", hostNetwork)
                .with("monitoring.kind", monitoring));
    Container watcher = Manifests.container(manifests.watcher());

    assertThat(variable(watcher, "MICRONAUT_SERVER_HOST")).isEqualTo(host);
    boolean isLocal = host.equals("127.0.0.1");
    assertThat(probes(watcher))
        .extracting(HTTPGetAction::getHost)
        .containsOnly(isLocal ? host : null);
    assertThat(probes(Manifests.container(manifests.drainer())))
        .extracting(HTTPGetAction::getHost)
        .containsOnlyNulls();
  }

  private static List<HTTPGetAction> probes(Container container) {
    return Stream.of(
            container.getStartupProbe(),
            container.getLivenessProbe(),
            container.getReadinessProbe())
        .map(probe -> probe.getHttpGet())
        .toList();
  }

  @Test
  void areAskedForLivenessAndReadiness() {
    assertThat(Chart.render(Values.least()).pods())
        .allSatisfy(
            pod ->
                assertThat(probes(Manifests.container(pod)))
                    .extracting(HTTPGetAction::getPath)
                    .containsExactly("/health/liveness", "/health/liveness", "/health/readiness"));
  }

  /** As a directory, a ConfigMap's top has mode 0777: the daemon would run nothing below it. */
  @Test
  void getEachScriptOfAConfigMapAsAFile() {
    PodTemplateSpec watcher =
        Chart.render(
                Values.least()
                    .with("hooks.scripts.drain", Map.of("50-queue", "#!/bin/sh\n"))
                    .with("hooks.configMap.name", "ours")
                    .with(
                        "hooks.configMap.scripts",
                        List.of(Map.of("key", "a.sh", "hook", "cordon", "name", "10-lb"))))
            .watcher();

    assertThat(Manifests.container(watcher).getVolumeMounts())
        .filteredOn(mount -> mount.getName().startsWith("hooks"))
        .allSatisfy(mount -> assertThat(mount.getReadOnly()).isTrue())
        .extracting(VolumeMount::getMountPath, VolumeMount::getSubPath)
        .containsExactlyInAnyOrder(
            tuple("/etc/drainwatch/hooks.d/drain/50-queue", "drain.50-queue"),
            tuple("/etc/drainwatch/hooks.d/cordon/10-lb", "a.sh"));
    assertThat(watcher.getSpec().getVolumes())
        .filteredOn(volume -> volume.getName().startsWith("hooks"))
        .hasSize(2)
        .allSatisfy(volume -> assertThat(volume.getConfigMap().getDefaultMode()).isEqualTo(0555));
  }

  @Test
  void readTheHostsHooksButDoNotChangeThem() {
    PodTemplateSpec watcher =
        Chart.render(Values.least().with("hooks.hostDirectory", "/opt/hooks.d")).watcher();

    assertThat(Manifests.container(watcher).getVolumeMounts())
        .filteredOn(mount -> mount.getName().equals("hooks"))
        .singleElement()
        .satisfies(
            mount -> {
              assertThat(mount.getMountPath()).isEqualTo("/etc/drainwatch/hooks.d");
              assertThat(mount.getReadOnly()).isTrue();
            });
    assertThat(watcher.getSpec().getVolumes())
        .extracting(Volume::getHostPath)
        .filteredOn(path -> path != null)
        .singleElement()
        .satisfies(path -> assertThat(path.getPath()).isEqualTo("/opt/hooks.d"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"config", "hooks"})
  void restartWhenWhatTheyReadChanges(String what) {
    Values changed =
        what.equals("config")
            ? Values.least().with("config.dry-run", true)
            : Values.least().with("hooks.scripts.drain", Map.of("50", "#!/bin/sh\n"));

    assertThat(checksum(Values.least(), what)).isNotEqualTo(checksum(changed, what));
    assertThat(checksum(changed, what)).isEqualTo(checksum(changed, what)).hasSize(64);
  }

  private static String checksum(Values values, String what) {
    return Chart.render(values).watcher().getMetadata().getAnnotations().get("checksum/" + what);
  }

  @Test
  void areOfTheImageThatIsNamed() {
    String digest = "sha256:" + "0".repeat(64);

    assertThat(Manifests.container(Chart.render(Values.least()).watcher()).getImage())
        .isEqualTo("registry.example.com/drainwatch:0.1.0");
    assertThat(
            Manifests.container(Chart.render(Values.least().with("image.digest", digest)).watcher())
                .getImage())
        .isEqualTo("registry.example.com/drainwatch@" + digest);
  }
}

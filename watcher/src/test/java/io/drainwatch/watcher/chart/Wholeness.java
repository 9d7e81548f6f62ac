package io.drainwatch.watcher.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import java.util.List;
import java.util.Map;

/**
 * What no schema says: everything that an object points to is there, and nothing is there twice.
 */
final class Wholeness {
  private final Manifests manifests;

  private Wholeness(Manifests manifests) {
    this.manifests = manifests;
  }

  static void check(Manifests manifests) {
    Wholeness wholeness = new Wholeness(manifests);
    wholeness.names();
    wholeness.bindings();
    wholeness.selectors();
    manifests.pods().forEach(wholeness::pod);
    assertThat(manifests.all(Secret.class)).isEmpty();
  }

  private void names() {
    assertThat(manifests.objects())
        .extracting(
            each ->
                "%s %s/%s"
                    .formatted(
                        each.getKind(),
                        each.getMetadata().getNamespace(),
                        each.getMetadata().getName()))
        .doesNotHaveDuplicates();
    for (HasMetadata each : manifests.objects()) {
      assertThat(each.getMetadata().getLabels())
          .containsEntry("app.kubernetes.io/instance", Chart.RELEASE)
          .containsEntry("app.kubernetes.io/name", "drainwatch");
      assertThat(each.getMetadata().getNamespace() != null)
          .as(each.getKind())
          .isEqualTo(each instanceof Namespaced);
    }
  }

  private void bindings() {
    manifests
        .all(ClusterRoleBinding.class)
        .forEach(
            each -> {
              assertThat(manifests.named(ClusterRole.class, each.getRoleRef().getName()))
                  .isPresent();
              accounts(each.getSubjects());
            });
    manifests
        .all(RoleBinding.class)
        .forEach(
            each -> {
              assertThat(manifests.all(Role.class))
                  .anySatisfy(
                      role -> {
                        assertThat(role.getMetadata().getName())
                            .isEqualTo(each.getRoleRef().getName());
                        assertThat(role.getMetadata().getNamespace())
                            .isEqualTo(each.getMetadata().getNamespace());
                      });
              accounts(each.getSubjects());
            });
    manifests
        .all(ValidatingAdmissionPolicyBinding.class)
        .forEach(
            each ->
                assertThat(
                        manifests.named(
                            ValidatingAdmissionPolicy.class, each.getSpec().getPolicyName()))
                    .isPresent());
  }

  private void accounts(List<Subject> subjects) {
    assertThat(subjects)
        .hasSize(1)
        .allSatisfy(
            subject ->
                assertThat(manifests.named(ServiceAccount.class, subject.getName()))
                    .hasValueSatisfying(
                        account ->
                            assertThat(account.getMetadata().getNamespace())
                                .isEqualTo(subject.getNamespace())));
  }

  private void selectors() {
    manifests
        .all(DaemonSet.class)
        .forEach(
            each ->
                selects(
                    each.getSpec().getSelector().getMatchLabels(), each.getSpec().getTemplate()));
    manifests
        .all(Deployment.class)
        .forEach(
            each -> {
              PodTemplateSpec pod = each.getSpec().getTemplate();
              selects(each.getSpec().getSelector().getMatchLabels(), pod);
              selects(
                  manifests
                      .only(PodDisruptionBudget.class)
                      .getSpec()
                      .getSelector()
                      .getMatchLabels(),
                  pod);
              assertThat(pod.getSpec().getTopologySpreadConstraints())
                  .allSatisfy(spread -> selects(spread.getLabelSelector().getMatchLabels(), pod));
            });
    manifests
        .all(NetworkPolicy.class)
        .forEach(
            each ->
                assertThat(manifests.pods())
                    .anySatisfy(
                        pod -> selects(each.getSpec().getPodSelector().getMatchLabels(), pod)));
    manifests
        .all(Service.class)
        .forEach(
            each ->
                assertThat(manifests.pods())
                    .allSatisfy(pod -> selects(each.getSpec().getSelector(), pod)));
    manifests.monitors().forEach(this::monitor);
  }

  private void monitor(Monitor monitor) {
    Map<String, String> wanted = monitor.spec().selector().matchLabels();
    if (monitor.kind().equals("PodMonitor")) {
      assertThat(manifests.pods()).allSatisfy(pod -> selects(wanted, pod));
    } else {
      assertThat(manifests.only(Service.class).getMetadata().getLabels())
          .containsAllEntriesOf(wanted);
    }
    assertThat(monitor.all())
        .singleElement()
        .satisfies(
            endpoint -> {
              assertThat(endpoint.port()).isEqualTo("http");
              assertThat(endpoint.path()).isEqualTo("/prometheus");
            });
  }

  private static void selects(Map<String, String> labels, PodTemplateSpec pod) {
    assertThat(labels).isNotEmpty();
    assertThat(pod.getMetadata().getLabels()).containsAllEntriesOf(labels);
  }

  private void pod(PodTemplateSpec pod) {
    Container container = Manifests.container(pod);
    assertThat(manifests.named(ServiceAccount.class, pod.getSpec().getServiceAccountName()))
        .isPresent();
    assertThat(pod.getSpec().getVolumes()).extracting(Volume::getName).doesNotHaveDuplicates();
    assertThat(container.getVolumeMounts())
        .extracting(VolumeMount::getMountPath)
        .doesNotHaveDuplicates();
    assertThat(container.getVolumeMounts())
        .extracting(VolumeMount::getName)
        .containsOnlyElementsOf(
            pod.getSpec().getVolumes().stream().map(Volume::getName).distinct().toList());
    assertThat(container.getEnv()).extracting(EnvVar::getName).doesNotHaveDuplicates();
    assertThat(container.getPorts()).extracting(ContainerPort::getName).containsExactly("http");
    for (Volume volume : pod.getSpec().getVolumes()) {
      if (volume.getConfigMap() != null && !volume.getConfigMap().getName().equals("ours")) {
        configMap(volume, container);
      }
    }
  }

  private void configMap(Volume volume, Container container) {
    ConfigMap map = manifests.named(ConfigMap.class, volume.getConfigMap().getName()).orElseThrow();
    assertThat(container.getVolumeMounts())
        .filteredOn(mount -> mount.getName().equals(volume.getName()))
        .isNotEmpty()
        .allSatisfy(mount -> assertThat(map.getData()).containsKey(mount.getSubPath()));
  }
}

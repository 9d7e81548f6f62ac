package io.drainwatch.watcher.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the chart gives a part of the product to run with: settings, variables, rights. */
public record Shipped(Manifests manifests) {

  /** For what wants to run it: skips where the chart cannot be rendered. */
  public static Shipped with(Map<String, Object> values) {
    Chart.assumeHelm();
    Values all = Values.least();
    for (Map.Entry<String, Object> each : values.entrySet()) {
      all = all.with(each.getKey(), each.getValue());
    }
    return new Shipped(Chart.render(all));
  }

  /** drainwatch.yml. */
  public String configuration() {
    return manifests
        .named(ConfigMap.class, "dw-drainwatch-config")
        .map(map -> map.getData().get("drainwatch.yml"))
        .orElseThrow();
  }

  /**
   * @param part watcher or drainer
   */
  public Map<String, String> environment(String part, String node) {
    PodTemplateSpec pod = part.equals("watcher") ? manifests.watcher() : manifests.drainer();
    Map<String, String> found = new HashMap<>();
    for (EnvVar each : Manifests.container(pod).getEnv()) {
      found.put(
          each.getName(),
          Optional.ofNullable(each.getValue()).orElseGet(() -> downward(each, part, node)));
    }
    return found;
  }

  private static String downward(EnvVar variable, String part, String node) {
    String field = variable.getValueFrom().getFieldRef().getFieldPath();
    return switch (field) {
      case "spec.nodeName" -> node;
      case "metadata.name" -> part + "-1";
      case "metadata.uid" -> "uid-of-" + part + "-1";
      case "metadata.namespace" -> Chart.NAMESPACE;
      default -> throw new IllegalArgumentException(field);
    };
  }

  /** All that the part's account may do, in its smallest parts. */
  public List<Grant> grants(String part) {
    String account = "dw-drainwatch-" + part;
    Stream<Grant> everywhere =
        manifests
            .all(ClusterRoleBinding.class)
            .filter(each -> each.getSubjects().getFirst().getName().equals(account))
            .map(each -> manifests.named(ClusterRole.class, each.getRoleRef().getName()))
            .map(Optional::orElseThrow)
            .flatMap(role -> role.getRules().stream().flatMap(rule -> of(role, "", rule)));
    Stream<Grant> somewhere =
        manifests
            .all(RoleBinding.class)
            .filter(each -> each.getSubjects().getFirst().getName().equals(account))
            .map(this::boundTo)
            .flatMap(
                role ->
                    role.getRules().stream()
                        .flatMap(rule -> of(role, role.getMetadata().getNamespace(), rule)));
    return Stream.concat(everywhere, somewhere).toList();
  }

  private Role boundTo(RoleBinding binding) {
    List<Role> found =
        manifests
            .all(Role.class)
            .filter(each -> each.getMetadata().getName().equals(binding.getRoleRef().getName()))
            .filter(
                each ->
                    each.getMetadata().getNamespace().equals(binding.getMetadata().getNamespace()))
            .toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private static Stream<Grant> of(
      io.fabric8.kubernetes.api.model.HasMetadata role, String namespace, PolicyRule rule) {
    List<String> names = rule.getResourceNames().isEmpty() ? List.of("") : rule.getResourceNames();
    return rule.getApiGroups().stream()
        .flatMap(
            group ->
                rule.getResources().stream()
                    .flatMap(
                        resource ->
                            rule.getVerbs().stream()
                                .flatMap(
                                    verb ->
                                        names.stream()
                                            .map(
                                                name ->
                                                    new Grant(
                                                        role.getMetadata().getName(),
                                                        namespace,
                                                        group,
                                                        resource,
                                                        verb,
                                                        name)))));
  }
}

package io.drainwatch.watcher.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A rendered object as the schema of Kubernetes has it: an unknown property, a number where a text
 * belongs, or another version of the interface is an error.
 */
final class StrictModel {
  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      List.<Class<? extends HasMetadata>>of(
              ClusterRole.class,
              ClusterRoleBinding.class,
              ConfigMap.class,
              DaemonSet.class,
              Deployment.class,
              NetworkPolicy.class,
              PodDisruptionBudget.class,
              Role.class,
              RoleBinding.class,
              Service.class,
              ServiceAccount.class,
              ValidatingAdmissionPolicy.class,
              ValidatingAdmissionPolicyBinding.class)
          .stream()
          .collect(Collectors.toMap(Class::getSimpleName, Function.identity()));

  private static final Set<String> MONITORS = Set.of("PodMonitor", "ServiceMonitor");

  private static final ObjectMapper STRICT = strict();

  private StrictModel() {}

  /** The classes keep unknown properties aside, which would hide them. */
  private static ObjectMapper strict() {
    JsonMapper mapper =
        JsonMapper.builder()
            .annotationIntrospector(
                new JacksonAnnotationIntrospector() {
                  private static final long serialVersionUID = 1L;

                  @Override
                  public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                  }
                })
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();
    for (CoercionInputShape shape :
        List.of(CoercionInputShape.Boolean, CoercionInputShape.Integer, CoercionInputShape.Float)) {
      mapper.coercionConfigFor(LogicalType.Textual).setCoercion(shape, CoercionAction.Fail);
    }
    return mapper;
  }

  /**
   * @throws IllegalArgumentException saying which property does not fit
   */
  static HasMetadata read(JsonNode manifest) {
    Class<? extends HasMetadata> type = KINDS.get(manifest.path("kind").asText());
    assertThat(type).as("kind of %s", manifest).isNotNull();
    HasMetadata read = STRICT.convertValue(manifest, type);
    assertThat(manifest.path("apiVersion").asText())
        .as("interface of %s", manifest.path("kind").asText())
        .isEqualTo(HasMetadata.getApiVersion(type));
    return read;
  }

  static boolean isMonitor(JsonNode manifest) {
    return MONITORS.contains(manifest.path("kind").asText());
  }

  static Monitor readMonitor(JsonNode manifest) {
    return STRICT.convertValue(manifest, Monitor.class);
  }
}

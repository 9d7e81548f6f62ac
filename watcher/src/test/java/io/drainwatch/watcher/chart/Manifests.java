package io.drainwatch.watcher.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What the chart renders to, each object read strictly. */
record Manifests(
    String text, List<JsonNode> raw, List<HasMetadata> objects, List<Monitor> monitors) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Manifests read(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    // YAML 1.1, as Kubernetes reads it
    List<JsonNode> raw =
        StreamSupport.stream(
                new Yaml(new SafeConstructor(options)).loadAll(text).spliterator(), false)
            .filter(Objects::nonNull)
            .map(each -> (JsonNode) JSON.valueToTree(each))
            .toList();
    return new Manifests(
        text,
        raw,
        raw.stream().filter(each -> !isOfTheOperator(each)).map(StrictModel::read).toList(),
        raw.stream().filter(StrictModel::isMonitor).map(StrictModel::readMonitor).toList());
  }

  // the client has no model of these in this version
  private static boolean isOfTheOperator(JsonNode manifest) {
    return manifest.path("apiVersion").asText().startsWith("monitoring.coreos.com/");
  }

  <T extends HasMetadata> Stream<T> all(Class<T> type) {
    return objects.stream().filter(type::isInstance).map(type::cast);
  }

  <T extends HasMetadata> T only(Class<T> type) {
    List<T> found = all(type).toList();
    assertThat(found).as(type.getSimpleName()).hasSize(1);
    return found.getFirst();
  }

  <T extends HasMetadata> Optional<T> named(Class<T> type, String name) {
    return all(type).filter(each -> each.getMetadata().getName().equals(name)).findFirst();
  }

  PodTemplateSpec watcher() {
    return only(DaemonSet.class).getSpec().getTemplate();
  }

  PodTemplateSpec drainer() {
    return only(Deployment.class).getSpec().getTemplate();
  }

  List<PodTemplateSpec> pods() {
    return Stream.concat(
            all(DaemonSet.class).map(each -> each.getSpec().getTemplate()),
            all(Deployment.class).map(each -> each.getSpec().getTemplate()))
        .toList();
  }

  static Container container(PodTemplateSpec pod) {
    assertThat(pod.getSpec().getContainers()).hasSize(1);
    return pod.getSpec().getContainers().getFirst();
  }
}

package io.drainwatch.watcher.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Of the Prometheus operator's monitoring.coreos.com/v1 what the chart uses, for both kinds: the
 * client has no model of it in this version.
 */
record Monitor(String apiVersion, String kind, Metadata metadata, Spec spec) {

  Monitor {
    assertThat(apiVersion).isEqualTo("monitoring.coreos.com/v1");
  }

  record Metadata(String name, String namespace, Map<String, String> labels) {}

  record Spec(
      Names namespaceSelector,
      Selector selector,
      @Nullable List<Endpoint> endpoints,
      @Nullable List<Endpoint> podMetricsEndpoints) {}

  record Names(List<String> matchNames) {}

  record Selector(Map<String, String> matchLabels) {}

  record Endpoint(String port, String path, String interval, List<Relabeling> relabelings) {}

  record Relabeling(List<String> sourceLabels, String targetLabel) {}

  /** PodMonitors and ServiceMonitors have different words for the same. */
  List<Endpoint> all() {
    boolean ofPods = kind.equals("PodMonitor");
    assertThat(ofPods ? spec.endpoints() : spec.podMetricsEndpoints()).as(kind).isNull();
    List<Endpoint> endpoints = ofPods ? spec.podMetricsEndpoints() : spec.endpoints();
    assertThat(endpoints).as(kind).isNotNull();
    return List.copyOf(endpoints);
  }
}

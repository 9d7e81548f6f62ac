package io.drainwatch.watcher.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The check of the manifests checks. */
class StrictModelTest {
  private static final String GOOD =
      """
      apiVersion: apps/v1
      kind: DaemonSet
      metadata:
        name: a
        labels: {x: b}
      spec:
        selector: {matchLabels: {x: b}}
        template:
          spec:
            containers:
              - name: a
                ports: [{containerPort: 1}]
                env: [{name: A, value: c}]
      """;

  @Test
  void takesWhatIsRight() {
    assertThat(Manifests.read(GOOD).objects()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "containerPort > containerport",
        "matchLabels > matchLabel",
        "kind: DaemonSet > kind: Daemonset",
        "apps/v1 > apps/v1beta1",
        "containerPort: 1 > containerPort: http",
        "value: c > value: 1",
        "{x: b} > {x: true}",
        "name: a > 'name: a\n  name: a'",
      })
  void refuses(String right, String wrong) {
    assertThat(GOOD).contains(right);

    assertThatThrownBy(() -> Manifests.read(GOOD.replace(right, wrong))).isNotNull();
  }
}

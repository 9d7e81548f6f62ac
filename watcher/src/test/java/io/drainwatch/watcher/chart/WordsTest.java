package io.drainwatch.watcher.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart and the program use the same words. */
class WordsTest {
  @ParameterizedTest
  @ValueSource(strings = {"README.md", "templates/NOTES.txt"})
  void showTheStateThatTheProgramWrites(String file) throws IOException {
    assertThat(Files.readString(Chart.DIRECTORY.resolve(file)))
        .contains(".metadata.annotations." + NodeKeys.STATE.replace(".", "\\.") + ",");
  }

  @Test
  void allowTheObservationThatTheProgramWrites() {
    Chart.assumeHelm();
    ValidatingAdmissionPolicy policy =
        Chart.render(Values.least()).only(ValidatingAdmissionPolicy.class);

    assertThat(policy.getSpec().getFailurePolicy()).isEqualTo("Fail");
    assertThat(policy.getSpec().getValidations())
        .filteredOn(each -> each.getMessage().contains("annotation"))
        .singleElement()
        .satisfies(
            each -> assertThat(each.getExpression()).contains("'" + NodeKeys.OBSERVATION + "'"));
  }

  @Test
  void areOfTheVersionOfTheProgram() throws IOException {
    JsonNode chart = new YAMLMapper().readTree(Chart.DIRECTORY.resolve("Chart.yaml").toFile());

    assertThat(Files.readString(Path.of("../pom.xml")))
        .contains("<version>%s".formatted(chart.path("appVersion").asText()));
    assertThat(chart.path("version")).isEqualTo(chart.path("appVersion"));
  }
}

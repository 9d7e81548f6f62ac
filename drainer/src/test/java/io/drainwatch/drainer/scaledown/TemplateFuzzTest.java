package io.drainwatch.drainer.scaledown;

import static io.drainwatch.drainer.fuzz.Fuzz.throwAt;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * L10: the pod template and the tries that stand on a StatefulSet, when somebody else wrote them.
 */
class TemplateFuzzTest {
  private static final String RICH =
      """
      {"metadata":{"labels":{"a":"b"},"annotations":{"c":"d"}},"spec":{"containers":[{"name":"c","image":"i",
       "volumeMounts":[{"name":"data","mountPath":"/data"}]}],"initContainers":[{"name":"i","image":"i"}],
       "tolerations":[{"operator":"Exists"},{"key":"k","operator":"Equal","value":"v","effect":"NoExecute",
       "tolerationSeconds":5}],"volumes":[{"name":"x","emptyDir":{}}],"restartPolicy":"OnFailure"}}""";

  @Test
  @DisplayName("L10 a template gives a pod or a reason")
  void aTemplateGivesAPodOrAReason() {
    throwAt(
        List.of(Scenes.TEMPLATE, RICH),
        bytes -> {
          SetFacts set = Scenes.aSet().template(new String(bytes, UTF_8)).build();
          switch (CleanupPodJson.read(set)) {
            case CleanupPodJson.Reading.Usable usable ->
                assertThat(usable.pods().pod(2, 1, NodesAround.UNKNOWN)).startsWith("{");
            case CleanupPodJson.Reading.Unusable unusable -> {
              assertThat(unusable.why()).isNotBlank().hasSizeLessThan(1_000);
              assertThat(unusable.why().codePoints().filter(Character::isISOControl)).isEmpty();
            }
          }
        });
  }

  @Test
  @DisplayName("L10 tries are numbers of ordinals, a bounded lot of them")
  void triesAreBounded() {
    throwAt(
        List.of("2=3,4=1", "0=1"),
        bytes ->
            assertThat(Attempts.of(new String(bytes, UTF_8)).text().length()).isLessThan(30_000));
  }
}

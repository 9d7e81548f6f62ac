package io.drainwatch.watcher.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DrainRequestTest {

  private static List<ErrorBody.Fault> faults(String body) {
    List<ErrorBody.Fault> faults = new java.util.ArrayList<>();
    assertThatThrownBy(() -> DrainRequest.read(body))
        .isInstanceOfSatisfying(
            RequestRefused.class, refused -> faults.addAll(refused.body().faults()));
    return faults;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "  {} \n"})
  void isARebootWithoutDeadlineWhenNothingIsSaid(String body) {
    assertThat(DrainRequest.read(body)).isEqualTo(new DrainRequest("Reboot", Optional.empty()));
  }

  @Test
  void knowsTypesInAnyCase() {
    assertThat(DrainRequest.read("{\"type\":\"PREEMPT\"}").type()).isEqualTo("Preempt");
  }

  @ParameterizedTest
  @CsvSource({"90s,PT90S", "10m,PT10M", "1h,PT1H", "2d,P2D", "10 m,PT10M", "PT1M30S,PT90S"})
  void readsDurations(String text, Duration duration) {
    assertThat(DrainRequest.read("{\"within\":\"%s\"}".formatted(text)).within())
        .contains(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "8d", "PT0.5S", "-1s", "PT-1S", "1", "soon", "999999999d", ""})
  void refusesDurationsThatMeanNothing(String text) {
    assertThat(faults("{\"within\":\"%s\"}".formatted(text)))
        .extracting(ErrorBody.Fault::key)
        .containsExactly("within");
  }

  @Test
  void tellsAllFaultsAtOnce() {
    assertThat(faults("{\"type\":\"Fish\",\"within\":5,\"now\":true}"))
        .extracting(ErrorBody.Fault::key)
        .containsExactly("now", "type", "within");
  }

  @Test
  void repeatsOnlySoMuchOfWhatItDoesNotKnow() {
    assertThat(faults("{\"%s\":1}".formatted("x".repeat(5000))).getFirst().key())
        .hasSizeLessThan(50);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "3", "{\"type\":", "{} {}", "null", "\"drain\"", "type=Reboot"})
  void refusesWhatIsNoObject(String body) {
    assertThat(faults(body))
        .extracting(ErrorBody.Fault::reason)
        .containsExactly("not a JSON object");
  }

  @Test
  void refusesContentWhereNoneIsExpected() {
    DrainRequest.refuseContent("");
    DrainRequest.refuseContent("{}");
    assertThatThrownBy(() -> DrainRequest.refuseContent("{\"type\":\"Reboot\"}"))
        .isInstanceOf(RequestRefused.class);
  }
}

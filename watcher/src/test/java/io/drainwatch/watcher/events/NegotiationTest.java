package io.drainwatch.watcher.events;

import static io.drainwatch.watcher.events.Negotiation.Reply.ANSWERED;
import static io.drainwatch.watcher.events.Negotiation.Reply.NOT_FOUND;
import static io.drainwatch.watcher.events.Negotiation.Reply.REFUSED;
import static io.drainwatch.watcher.events.Negotiation.Reply.SAYS_NOTHING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drainwatch.watcher.events.Negotiation.NoneAnswers;
import io.drainwatch.watcher.events.Negotiation.Reply;
import io.drainwatch.watcher.events.Negotiation.Settled;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NegotiationTest {
  private static final ApiVersions DEFAULT = new ApiVersions("2020-07-01", false);

  private static Negotiation after(ApiVersions versions, Reply... replies) {
    Negotiation negotiation = Negotiation.begin(versions);
    for (Reply reply : replies) {
      negotiation = negotiation.after(reply);
    }
    return negotiation;
  }

  @Test
  void beginsWithTheConfiguredVersion() {
    assertThat(Negotiation.begin(DEFAULT).version()).isEqualTo("2020-07-01");
    assertThat(Negotiation.begin(new ApiVersions("2019-01-01", false)).version())
        .isEqualTo("2019-01-01");
  }

  @Test
  void probesThePreviewOnlyIfAsked() {
    assertThat(Negotiation.begin(new ApiVersions("2020-07-01", true)).version())
        .isEqualTo("2024-07-09");
    assertThat(DEFAULT.newestFirst()).doesNotContain("2024-07-09");
    assertThat(new ApiVersions("2025-01-01", false).newestFirst()).doesNotContain("2024-07-09");
  }

  @Test
  void goesDownFromThePreviewToTheConfiguredVersion() {
    assertThat(after(new ApiVersions("2020-07-01", true), REFUSED).version())
        .isEqualTo("2020-07-01");
  }

  @Test
  void stepsDownOneVersionPerRefusal() {
    List<String> asked = new ArrayList<>();
    Negotiation negotiation = Negotiation.begin(DEFAULT);
    for (int i = 0; i < 6; i++) {
      asked.add(negotiation.version());
      negotiation = negotiation.after(REFUSED);
    }

    assertThat(asked)
        .containsExactly(
            "2020-07-01", "2019-08-01", "2019-04-01", "2019-01-01", "2017-11-01", "2017-08-01");
    assertThat(negotiation).isEqualTo(new NoneAnswers(DEFAULT));
  }

  @Test
  void keepsToTheConfiguredVersionWhenNoneAnswers() {
    Negotiation none = new NoneAnswers(new ApiVersions("2020-07-01", true));

    assertThat(none.version()).isEqualTo("2020-07-01");
    assertThat(none.after(REFUSED)).isEqualTo(none);
    assertThat(none.after(NOT_FOUND)).isEqualTo(none);
    assertThat(none.after(SAYS_NOTHING)).isEqualTo(none);
    assertThat(none.after(ANSWERED)).isEqualTo(new Settled("2020-07-01"));
  }

  @Test
  void triesAgainThreeTimesBeforeItTakes404ForAnUnknownVersion() {
    assertThat(after(DEFAULT, NOT_FOUND, NOT_FOUND, NOT_FOUND).version()).isEqualTo("2020-07-01");
    assertThat(after(DEFAULT, NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND).version())
        .isEqualTo("2019-08-01");
  }

  @Test
  void countsThe404OfEachVersionAnew() {
    Negotiation second = after(DEFAULT, NOT_FOUND, NOT_FOUND, NOT_FOUND, REFUSED);

    assertThat(second.version()).isEqualTo("2019-08-01");
    assertThat(second.after(NOT_FOUND).version()).isEqualTo("2019-08-01");
  }

  @Test
  void anotherErrorBreaksTheRowOf404() {
    assertThat(after(DEFAULT, NOT_FOUND, NOT_FOUND, NOT_FOUND, SAYS_NOTHING, NOT_FOUND).version())
        .isEqualTo("2020-07-01");
  }

  @Test
  void otherErrorsSayNothingAboutTheVersion() {
    Negotiation negotiation = Negotiation.begin(DEFAULT);
    for (int i = 0; i < 100; i++) {
      negotiation = negotiation.after(SAYS_NOTHING);
    }

    assertThat(negotiation).isEqualTo(Negotiation.begin(DEFAULT));
  }

  @ParameterizedTest
  @EnumSource(Reply.class)
  void neverGivesUpAVersionThatHasAnswered(Reply reply) {
    Negotiation settled = after(DEFAULT, REFUSED, ANSWERED);

    assertThat(settled).isEqualTo(new Settled("2019-08-01"));
    for (int i = 0; i < 20; i++) {
      settled = settled.after(reply);
    }
    assertThat(settled).isEqualTo(new Settled("2019-08-01"));
  }

  @Property(tries = 500)
  void neverAsksForAVersionThatIsNotACandidate(@ForAll List<Reply> replies, @ForAll boolean probe) {
    ApiVersions versions = new ApiVersions("2020-07-01", probe);
    Negotiation negotiation = Negotiation.begin(versions);
    boolean answered = false;
    for (Reply reply : replies) {
      assertThat(versions.newestFirst()).contains(negotiation.version());
      String before = negotiation.version();
      negotiation = negotiation.after(reply);
      answered |= reply == ANSWERED;
      assertThat(negotiation instanceof Settled).isEqualTo(answered);
      if (answered) {
        assertThat(negotiation.version()).isEqualTo(before);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "latest", "{latest}", "2020-7-1", "2017-03-01", "2020-07-01&x=y"})
  void refusesAVersionThatIsNone(String version) {
    assertThatThrownBy(() -> new ApiVersions(version, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2020-07-01");
  }

  @Test
  void onlyBadRequestAndNotFoundSpeakOfTheVersion() {
    for (ErrorKind kind : ErrorKind.values()) {
      Reply expected =
          kind == ErrorKind.BAD_REQUEST
              ? REFUSED
              : kind == ErrorKind.NOT_FOUND ? NOT_FOUND : SAYS_NOTHING;
      assertThat(Reply.of(kind)).as(kind.word()).isEqualTo(expected);
    }
  }
}

package io.drainwatch.drainer.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutboxTest {
  private static final Instant AT = Instant.parse("2026-06-01T08:00:00Z");
  private static final Map<String, NoticeFilter> TWO =
      Map.of("a", NoticeFilter.ALL, "b", NoticeFilter.ALL);

  static Notice notice(int number) {
    return notice(number, NoticeKind.SEEN, "vm-1");
  }

  private static Notice notice(int number, NoticeKind kind, String vm) {
    return new Notice(
        "%032x".formatted(number),
        kind,
        AT,
        new Subject(vm, Optional.of("aks-1"), Optional.of("blue"), true),
        "E/vm-1",
        "E",
        "Reboot",
        Optional.of(AT.plusSeconds(900)),
        Optional.of(AT.plusSeconds(840)),
        Optional.of(Duration.ofSeconds(840)),
        "a \"cause\" \\ with\nlines",
        "what is next");
  }

  private static List<Notice> notices(int from, int to) {
    return IntStream.range(from, to).mapToObj(OutboxTest::notice).toList();
  }

  @Test
  void takesNothingInTwice() {
    Outbox once = Outbox.EMPTY.plus(notices(0, 3), TWO, Outbox.MOST_OF_A_VM).outbox();
    Outbox told = once.without("a", notice(0).id()).without("b", notice(0).id());

    assertThat(told.plus(notices(0, 3), TWO, Outbox.MOST_OF_A_VM).outbox()).isEqualTo(told);
    assertThat(told.next("a")).contains(notice(1));
    Outbox more = told.plus(notices(0, 4), TWO, Outbox.MOST_OF_A_VM).outbox();
    assertThat(more.entries())
        .extracting(Outbox.Entry::notice)
        .containsExactlyElementsOf(notices(1, 4));
  }

  @Test
  void oneSinkDoesNotHoldUpAnother() {
    Outbox outbox = Outbox.EMPTY.plus(notices(0, 2), TWO, Outbox.MOST_OF_A_VM).outbox();
    Outbox aIsThrough = outbox.without("a", notice(0).id()).without("a", notice(1).id());

    assertThat(aIsThrough.next("a")).isEmpty();
    assertThat(aIsThrough.next("b")).contains(notice(0));
    assertThat(aIsThrough.size("b")).isEqualTo(2);
  }

  @Test
  void dropsTheOldestBeyondItsBoundAndSaysWhomItWasFor() {
    Outbox full =
        Outbox.EMPTY.plus(notices(0, Outbox.MOST_OF_A_VM), TWO, Outbox.MOST_OF_A_VM).outbox();
    for (Notice notice : notices(0, Outbox.MOST_OF_A_VM)) {
      full = full.without("a", notice.id());
    }

    Outbox.Taken taken =
        full.plus(notices(Outbox.MOST_OF_A_VM, Outbox.MOST_OF_A_VM + 3), TWO, Outbox.MOST_OF_A_VM);

    assertThat(taken.dropped()).isEqualTo(Map.of("b", 3));
    assertThat(taken.outbox().entries()).hasSize(Outbox.MOST_OF_A_VM);
    assertThat(taken.outbox().next("b")).contains(notice(3));
  }

  @Test
  void remembersABoundedNumberOfIds() {
    Outbox outbox = Outbox.EMPTY.plus(notices(0, 5_000), Map.of(), 1).outbox();

    assertThat(outbox.known()).hasSize(Outbox.MOST_KNOWN).contains(notice(4_999).id());
  }

  @Test
  void isTheSameThroughJson() {
    Outbox outbox =
        Outbox.EMPTY
            .plus(notices(0, 3), TWO, Outbox.MOST_OF_A_VM)
            .outbox()
            .without("a", notice(1).id());

    assertThat(NoticeJson.read(NoticeJson.write(outbox))).isEqualTo(outbox);
  }

  @Test
  void forgetsSinksThatAreNotConfiguredAnyMore() {
    Outbox outbox = Outbox.EMPTY.plus(notices(0, 2), TWO, Outbox.MOST_OF_A_VM).outbox();

    assertThat(outbox.of(Set.of("c"))).extracting(Outbox::isEmpty).isEqualTo(true);
    assertThat(outbox.of(Set.of("c")).known()).hasSize(2);
  }

  @Test
  void whatWasThereBeforeIsToldFirst() {
    Outbox onDisk = Outbox.EMPTY.plus(notices(0, 2), TWO, Outbox.MOST_OF_A_VM).outbox();
    Outbox since = Outbox.EMPTY.plus(notices(1, 3), TWO, Outbox.MOST_OF_A_VM).outbox();

    assertThat(since.behind(onDisk).entries())
        .extracting(Outbox.Entry::notice)
        .containsExactlyElementsOf(notices(0, 3));
  }

  @ParameterizedTest(name = "{0} for {1}: {2}")
  @CsvSource({
    "vm-1,       vm-1,         true",
    "VM-1,       vm-1,         true",
    "vm-*,       vm-1,         true",
    "*-1,        vm-1,         true",
    "aks-*,      vm-1,         true",
    "v*m*1,      vm-1,         true",
    "vm-*-x,     vm-1,         false",
    "vm,         vm-1,         false",
    "***********************************************b, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, false",
  })
  void picksMachinesByPattern(String pattern, String vm, boolean wanted) {
    NoticeFilter filter = new NoticeFilter(Set.of(), List.of(), List.of(pattern), List.of());

    assertThat(filter.wants(notice(1, NoticeKind.SEEN, vm))).isEqualTo(wanted);
  }

  @Test
  void picksKindsTypesAndPools() {
    Notice seen = notice(1);
    assertThat(new NoticeFilter(Set.of(NoticeKind.GONE), List.of(), List.of(), List.of()))
        .matches(filter -> !filter.wants(seen));
    assertThat(new NoticeFilter(Set.of(NoticeKind.SEEN), List.of("reboot"), List.of(), List.of()))
        .matches(filter -> filter.wants(seen));
    assertThat(new NoticeFilter(Set.of(), List.of("Freeze"), List.of(), List.of()))
        .matches(filter -> !filter.wants(seen));
    assertThat(new NoticeFilter(Set.of(), List.of(), List.of(), List.of("Bl*")))
        .matches(filter -> filter.wants(seen));
    assertThat(new NoticeFilter(Set.of(), List.of(), List.of(), List.of("green")))
        .matches(filter -> !filter.wants(seen));
  }

  @ParameterizedTest(name = "failure {0}, asked for {1} s: {2} s")
  @CsvSource({
    "1,0,1",
    "2,0,2",
    "3,0,4",
    "9,0,256",
    "10,0,300",
    "99,0,300",
    "1,30,30",
    "1,9999,3600"
  })
  void waitsLongerEachTimeAndAsLongAsItIsAskedTo(int failures, long asked, long seconds) {
    assertThat(
            new RetryPace(Duration.ofHours(24))
                .pause(failures, Optional.of(Duration.ofSeconds(asked)), 0))
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void textsAreOfOneLineAndBounded() {
    Notice notice = notice(1);
    assertThat(notice.cause()).isEqualTo("a \"cause\" \\ with lines");
    String wild = "\u0007\u202Ebad\uD800" + "x".repeat(5_000);
    assertThat(new Subject(wild, Optional.empty(), Optional.empty(), false).vm())
        .startsWith("badx")
        .hasSize(OneLine.NAME);
  }

  @Test
  void isBoundedTogetherWithWhatWasThereBeforeToo() {
    int most = Outbox.MOST_OF_A_VM;
    Outbox onDisk = Outbox.EMPTY.plus(notices(0, most), TWO, most).outbox();
    Outbox since = Outbox.EMPTY.plus(notices(most, most + 3), TWO, most).outbox();

    assertThat(since.behind(onDisk).entries())
        .extracting(Outbox.Entry::notice)
        .containsExactlyElementsOf(notices(3, most + 3));
  }
}

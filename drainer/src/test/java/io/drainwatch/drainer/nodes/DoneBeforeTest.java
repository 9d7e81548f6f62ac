package io.drainwatch.drainer.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Annotations that were read, or written, before. */
class DoneBeforeTest {
  private final List<String> done = new ArrayList<>();
  private final DoneBefore<String, String> before =
      new DoneBefore<>(
          text -> {
            done.add(text);
            return "read " + text;
          },
          String::hashCode);

  @Test
  void doesTheSameOnce() {
    assertThat(before.of("a")).isEqualTo("read a");
    assertThat(before.of(String.valueOf(new char[] {'a'}))).isEqualTo("read a");
    assertThat(done).containsExactly("a");
  }

  @Test
  void givesEachItsOwnThoughTheyHaveOnePlace() {
    assertThat("AaAa").hasSameHashCodeAs("BBBB");
    assertThat(before.of("AaAa")).isEqualTo("read AaAa");
    assertThat(before.of("BBBB")).isEqualTo("read BBBB");
    assertThat(before.of("AaAa")).isEqualTo("read AaAa");
  }

  @Test
  void keepsABoundedNumber() {
    IntStream.range(0, 10_000).mapToObj(Integer::toString).forEach(before::of);
    done.clear();
    IntStream.range(0, 10_000).mapToObj(Integer::toString).forEach(before::of);
    assertThat(done).hasSizeGreaterThanOrEqualTo(10_000 - DoneBefore.PLACES);
  }
}

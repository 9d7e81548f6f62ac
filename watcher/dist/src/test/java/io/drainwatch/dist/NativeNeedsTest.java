package io.drainwatch.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;

class NativeNeedsTest {
  @Test
  void theNewestVersionOfTheCLibraryCounts() {
    NativeNeeds needs =
        new NativeNeeds(
            Set.of("libc.so.6", "libm.so.6", "ld-linux-x86-64.so.2", "libz.so.1"),
            Set.of("GLIBC_2.2.5", "GLIBC_2.17", "GLIBC_2.9", "OTHER_3.0"));

    assertThat(needs.packages()).isEqualTo("libc6 (>= 2.17), zlib1g");
  }

  @Test
  void aLibraryThatNobodyKnowsStopsTheBuild() {
    assertThatThrownBy(
            () -> new NativeNeeds(Set.of("libodd.so.1"), Set.of("GLIBC_2.17")).packages())
        .hasMessageContaining("libodd.so.1");
  }

  @Test
  void theRuntimeSaysWhatItNeeds() throws Exception {
    NativeNeeds needs = NativeNeeds.of(Order.fromProperties().home().resolve("runtime"));

    assertThat(needs.libraries()).contains("libc.so.6").doesNotContain("libjvm.so", "libjava.so");
    assertThat(needs.symbols()).anyMatch(each -> each.startsWith("GLIBC_2."));
  }
}

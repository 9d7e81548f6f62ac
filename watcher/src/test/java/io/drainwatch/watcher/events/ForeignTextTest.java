package io.drainwatch.watcher.events;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ForeignTextTest {
  @Test
  void leavesOrdinaryTextAlone() {
    String text = "Virtual machine is going to be restarted (redeployed). Grüße 🚀";

    assertThat(ForeignText.clean(text)).isEqualTo(text);
  }

  @Test
  void dropsWhatATerminalWouldObey() {
    assertThat(ForeignText.clean("a\u001b[31mb\r\nc\u009b2Jd\u202ee\u2029f\u0000"))
        .isEqualTo("a[31mbc2Jdef");
  }

  @Test
  void neverCutsACharacterInHalf() {
    assertThat(ForeignText.clean("a🚀", 2)).isEqualTo("a");
    assertThat(ForeignText.clean("a🚀", 3)).isEqualTo("a🚀");
  }

  @Test
  void replacesHalfACharacter() {
    assertThat(ForeignText.clean("a\ud83db")).isEqualTo("a\ufffdb");
  }

  @Test
  void droppedCharactersDoNotCount() {
    assertThat(ForeignText.clean("\n".repeat(5_000) + "end", 3)).isEqualTo("end");
  }

  @Property(tries = 1_000)
  void isAlwaysPrintableAndShort(@ForAll String text, @ForAll @IntRange(max = 50) int longest) {
    String clean = ForeignText.clean(text, longest);

    assertThat(clean.length()).isLessThanOrEqualTo(longest);
    assertThat(clean.codePoints().filter(Character::isISOControl)).isEmpty();
    assertThat(ForeignText.clean(clean, longest)).isEqualTo(clean);
  }
}

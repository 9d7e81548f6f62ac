package io.drainwatch.watcher.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LineTest {
  @Test
  void isCutWhereItIsTooWideAndSaysSo() {
    assertThat(Line.of("Drainwatch").within(10).text()).isEqualTo("Drainwatch");
    assertThat(Line.of("Drainwatch").within(9).text()).isEqualTo("Drainw...");
    assertThat(Line.of("Drain").plus("watch", Tone.BAD).within(8).text()).isEqualTo("Drain...");
    assertThat(Line.of("Drainwatch").within(2).text()).isEqualTo("..");
  }

  @Test
  void countsTheColumnsOfATerminalNotCharacters() {
    assertThat(Line.of("維持").width()).isEqualTo(4);
    assertThat(Line.of("e\u0301te\u0301").width()).isEqualTo(3);
    assertThat(Line.of("\uD83D\uDE80").width()).isEqualTo(2);
    assertThat(Line.of("維持維持").within(6).text()).isEqualTo("維...");
    assertThat(Line.of("ab").to(4).plus("c").text()).isEqualTo("ab  c");
  }

  @Test
  void nothingThatSteersATerminalGetsIn() {
    Line hostile = Line.of("a\u001b[2Jb\u0007c\u009bd\u202ee\nf\u2028g\uD800h");

    assertThat(hostile.text()).isEqualTo("a [2Jb c d e f g h");
    assertThat(Line.of("\u001b]0;title\u0007", Tone.BAD).coloured())
        .isEqualTo("\u001b[1;31m ]0;title \u001b[0m");
  }

  @Property(tries = 300)
  void isNeverWiderThanAsked(@ForAll String text, @ForAll @IntRange(min = 0, max = 90) int width) {
    assertThat(Line.of("state ").plus(text, Tone.GOOD).within(width).width())
        .isLessThanOrEqualTo(width);
  }
}

package io.drainwatch.watcher.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, UTF_8);

  @Test
  void drawsOverWhatStandsThereAndErasesOnlyTheRest() {
    Screen screen = Screen.open(out, false);
    bytes.reset();

    screen.draw(List.of(Line.of("one", Tone.BAD), Line.EMPTY, Line.of("three")));

    assertThat(bytes.toString(UTF_8))
        .isEqualTo("\u001b[Hone\u001b[K\r\n\u001b[K\r\nthree\u001b[K\u001b[J")
        .doesNotContain("\u001b[2J");
  }

  @Test
  void leavesTheTerminalAsItWasWithTheLastPictureOnIt() {
    Screen screen = Screen.open(out, true);
    screen.draw(List.of(Line.of("first")));
    screen.draw(List.of(Line.of("last", Tone.GOOD)));
    bytes.reset();

    screen.close();
    screen.close();
    screen.draw(List.of(Line.of("late")));

    assertThat(bytes.toString(UTF_8))
        .isEqualTo("\u001b[0m\u001b[?7h\u001b[?25h\u001b[?1049l\u001b[32mlast\u001b[0m\r\n");
  }

  @Test
  void coloursAndMovesAreOnlyForTerminalsThatWantThem() {
    assertThat(Ability.of(Map.of("TERM", "xterm"))).isEqualTo(new Ability(true, true));
    assertThat(Ability.of(Map.of("TERM", "xterm", "NO_COLOR", "1")))
        .isEqualTo(new Ability(true, false));
    assertThat(Ability.of(Map.of("TERM", "xterm", "NO_COLOR", "")))
        .isEqualTo(new Ability(true, true));
    assertThat(Ability.of(Map.of("TERM", "dumb"))).isEqualTo(new Ability(false, false));
    assertThat(Ability.of(Map.of())).isEqualTo(new Ability(false, false));
  }
}

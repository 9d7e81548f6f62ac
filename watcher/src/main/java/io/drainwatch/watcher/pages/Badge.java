package io.drainwatch.watcher.pages;

/**
 * A word with a colour: {@code <span class="badge {{style}}">{{text}}</span>}, partial {@code
 * badge}.
 */
public record Badge(String text, Tone tone) {

  public Badge {
    text = ShownText.of(text, 60);
  }

  public static Badge ofState(String state) {
    return new Badge(state, Tone.ofState(state));
  }

  public String style() {
    return tone.style();
  }
}

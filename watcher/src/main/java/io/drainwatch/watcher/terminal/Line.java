package io.drainwatch.watcher.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** One line of pieces, each meant in its own way. */
public record Line(List<Piece> pieces) {
  public static final Line EMPTY = new Line(List.of());
  private static final String CUT = "...";
  private static final String ESCAPE = "\u001b[";

  /** Text that is meant in one way; what steers a terminal is taken out. */
  public record Piece(String text, Tone tone) {
    public Piece {
      text = Glyphs.plain(text);
    }
  }

  public Line {
    pieces = List.copyOf(pieces);
  }

  public static Line of(String text) {
    return of(text, Tone.PLAIN);
  }

  public static Line of(String text, Tone tone) {
    return EMPTY.plus(text, tone);
  }

  public Line plus(String text) {
    return plus(text, Tone.PLAIN);
  }

  public Line plus(String text, Tone tone) {
    if (text.isEmpty()) {
      return this;
    }
    List<Piece> more = new ArrayList<>(pieces);
    more.add(new Piece(text, tone));
    return new Line(more);
  }

  /** Blanks up to that column; at least one if there is something already. */
  public Line to(int column) {
    int blanks = Math.max(pieces.isEmpty() ? 0 : 1, column - width());
    return plus(" ".repeat(blanks));
  }

  public int width() {
    return pieces.stream().mapToInt(piece -> Glyphs.width(piece.text())).sum();
  }

  public String text() {
    return pieces.stream().map(Piece::text).collect(Collectors.joining());
  }

  /** The same, no wider than that; the end says if something was cut off. */
  public Line within(int columns) {
    if (width() <= columns) {
      return this;
    }
    String end = CUT.substring(0, Math.min(CUT.length(), columns));
    int room = columns - end.length();
    List<Piece> cut = new ArrayList<>();
    for (Piece piece : pieces) {
      String fits = beginning(piece.text(), room);
      if (fits.length() < piece.text().length()) {
        cut.add(new Piece(fits + end, piece.tone()));
        return new Line(cut);
      }
      cut.add(piece);
      room -= Glyphs.width(fits);
    }
    throw new IllegalStateException("a line that is too wide has a piece that does not fit");
  }

  private static String beginning(String text, int columns) {
    int width = 0;
    int end = 0;
    while (end < text.length()) {
      int codePoint = text.codePointAt(end);
      width += Glyphs.width(codePoint);
      if (width > columns) {
        break;
      }
      end += Character.charCount(codePoint);
    }
    return text.substring(0, end);
  }

  /** For a terminal with colours. */
  String coloured() {
    StringBuilder line = new StringBuilder();
    for (Piece piece : pieces) {
      if (piece.tone().code().isEmpty()) {
        line.append(piece.text());
      } else {
        line.append(ESCAPE).append(piece.tone().code()).append('m').append(piece.text());
        line.append(ESCAPE).append("0m");
      }
    }
    return line.toString();
  }
}

package io.drainwatch.drainer.scripts;

import java.nio.file.Path;

/**
 * Why a script must not run (drain-scripts.md 1.2).
 *
 * @param path where it is wrong: the script, a directory on the way to it, or a link's target
 * @param detail what was found; may be empty
 */
public record Refusal(Reason reason, Path path, String detail) {

  /** The kinds; {@link #label} is for metrics, {@link #what} for people. */
  public enum Reason {
    NOT_A_REGULAR_FILE("not-a-regular-file", "is not a regular file"),
    FOREIGN_OWNER("foreign-owner", "belongs neither to root nor to the daemon's user"),
    WRITABLE_BY_OTHERS("writable-by-others", "is writable by group or others"),
    SET_USER_OR_GROUP("setuid-or-setgid", "has setuid or setgid set"),
    NO_INTERPRETER_LINE("no-interpreter-line", "begins neither with #! nor as an ELF program"),
    BAD_INTERPRETER_LINE("bad-interpreter-line", "has a bad interpreter or CRLF line ends"),
    NOT_EXECUTABLE("not-executable", "is not executable for this user"),
    UNREADABLE("unreadable", "cannot be read");

    private final String label;
    private final String what;

    Reason(String label, String what) {
      this.label = label;
      this.what = what;
    }

    public String label() {
      return label;
    }

    public String what() {
      return what;
    }
  }

  /** One line for the log, {@code hooks list} and the script's outcome. */
  public String text() {
    String text = path + " " + reason.what() + (detail.isEmpty() ? "" : " (" + detail + ")");
    return PlainText.of(text);
  }
}

package io.drainwatch.drainer.scripts;

import java.util.Optional;

/** What becomes of one entry of a hook directory; {@link #text} is what {@code hooks list} says. */
public sealed interface Verdict {

  String text();

  /** Why it must not run, where it is refused; it counts as failed then. */
  default Optional<String> whyRefused() {
    return this instanceof Refused ? Optional.of(text()) : Optional.empty();
  }

  /** It is run. */
  record Runs() implements Verdict {
    @Override
    public String text() {
      return "runs";
    }
  }

  /** It is meant to run but must not: counts as failed (drain-scripts.md 1.2). */
  record Refused(Refusal refusal) implements Verdict {
    @Override
    public String text() {
      return "refused: " + refusal.text();
    }
  }

  /**
   * It is no script of this hook: does not count.
   *
   * @param silent whether it is as usual; else it looks like a mistake and is warned about
   */
  record Skipped(String reason, boolean silent) implements Verdict {
    @Override
    public String text() {
      return "skipped: " + reason;
    }
  }

  /** A link to {@code /dev/null}: the files of this name in the lower directories do not run. */
  record Masked() implements Verdict {
    @Override
    public String text() {
      return "masked by a link to /dev/null";
    }
  }
}

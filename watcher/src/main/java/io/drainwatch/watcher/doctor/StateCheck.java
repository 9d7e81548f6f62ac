package io.drainwatch.watcher.doctor;

import io.drainwatch.watcher.doctor.StateFacts.Place;
import java.util.ArrayList;
import java.util.List;

/** Whether the record can be kept where it is to be kept. */
final class StateCheck {
  private static final String DIRECTORY = "state-directory";
  private static final long MEBIBYTE = 1024L * 1024;
  private static final long TOO_LITTLE = 16 * MEBIBYTE;
  private static final long LITTLE = 128 * MEBIBYTE;

  private StateCheck() {}

  static List<Finding> of(StateFacts facts) {
    List<Finding> findings = new ArrayList<>();
    findings.add(directory(facts));
    if (facts.place() instanceof Place.There) {
      findings.add(journal(facts));
    }
    facts.freeBytes().ifPresent(free -> findings.add(space(facts, free)));
    return findings;
  }

  private static Finding directory(StateFacts facts) {
    return switch (facts.place()) {
      case Place.Missing(boolean creatable) ->
          creatable
              ? Finding.ok(DIRECTORY, facts.path() + " is not there yet; the daemon makes it")
              : Finding.warning(
                  DIRECTORY,
                  facts.path() + " is not there and this user cannot make it",
                  "Make it for the daemon's user: install -d -m 0700 -o USER " + facts.path());
      case Place.NotADirectory(String what) ->
          Finding.problem(
              DIRECTORY,
              facts.path() + " " + what,
              "Name a directory of Drainwatch's own in drainwatch.state-dir.");
      case Place.There there -> directory(facts, there);
    };
  }

  private static Finding directory(StateFacts facts, Place.There there) {
    String what =
        facts.path() + " belongs to " + there.owner() + " with mode " + there.permissions();
    if (there.isWritableByOthers()) {
      return Finding.problem(
          DIRECTORY,
          what + ": others can write into it, so the daemon refuses it",
          "Look at what is in it, then: chmod 0700 " + facts.path());
    }
    if (!there.readable() || !there.writable()) {
      return Finding.warning(
          DIRECTORY,
          what + ": this user can" + (there.readable() ? " only read it" : "not look into it"),
          "Run doctor as " + there.owner() + " to have all of it checked.");
    }
    return Finding.ok(
        DIRECTORY,
        what
            + (facts.lockedBy().isPresent()
                ? ", in use by process " + facts.lockedBy().getAsLong()
                : ", in use by nobody"));
  }

  private static Finding journal(StateFacts facts) {
    return switch (facts.record()) {
      case StateFacts.Record.NotLookedAt notLookedAt ->
          Finding.warning("journal", "cannot be read by this user", "Run doctor as its owner.");
      case StateFacts.Record.Empty empty -> Finding.ok("journal", "none yet");
      case StateFacts.Record.Good good ->
          Finding.ok(
              "journal",
              "readable, last written "
                  + good.lastAt()
                  + good.episode().map(id -> ", maintenance under way: " + id).orElse(""));
      case StateFacts.Record.Bad(String why) ->
          Finding.problem(
              "journal",
              why,
              "The daemon would keep it aside and start without a record: look whether a"
                  + " maintenance is under way.");
    };
  }

  private static Finding space(StateFacts facts, long free) {
    String text = free / MEBIBYTE + " MiB free at " + facts.path();
    if (free < TOO_LITTLE) {
      return Finding.problem(
          "disk-space", text, "Make room: what cannot be recorded is not acknowledged.");
    }
    return free < LITTLE
        ? Finding.warning("disk-space", text, "Make room before it is needed.")
        : Finding.ok("disk-space", text);
  }
}

package io.drainwatch.watcher.statuspage;

import java.util.List;
import java.util.Optional;

/**
 * One step of the timeline: a state of lifecycle.md, or the acknowledgement between two of them.
 *
 * @param name the state's word
 * @param about what it is, in a few words
 * @param at when it was entered first
 * @param took until what came after it, or until now
 * @param said what is to be said of it beside its hooks
 */
record Step(
    String name,
    Progress progress,
    String about,
    Optional<Moment> at,
    Optional<String> took,
    List<String> said,
    List<HookView> hooks) {

  /** Where a step stands. */
  enum Progress {
    DONE("done"),
    NOW("now"),
    /** Not reached yet. */
    NEXT("to come"),
    /** Not gone through, and it will not be. */
    SKIPPED("skipped");

    private final String word;

    Progress(String word) {
      this.word = word;
    }
  }

  Step {
    said = List.copyOf(said);
    hooks = List.copyOf(hooks);
  }

  /** The class in the style sheet. */
  String style() {
    return switch (progress) {
      case DONE -> "is-done";
      case NOW -> "is-now";
      case NEXT -> "is-next";
      case SKIPPED -> "is-skipped";
    };
  }

  String word() {
    return progress.word;
  }

  boolean isNow() {
    return progress == Progress.NOW;
  }

  /** For tests, and for the place to jump to. */
  String id() {
    return "step-" + name;
  }
}

package io.drainwatch.watcher.doctor;

import io.drainwatch.drainer.scripts.HookEntry;
import io.drainwatch.drainer.scripts.HookListing;
import io.drainwatch.drainer.scripts.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Each script's verdict; directories that are never looked into; no script at all. */
final class HooksCheck {
  private static final String NAME = "hooks";

  private HooksCheck() {}

  /**
   * @param others whether BOSH's jobs or SlipStream's hooks have scripts that take part
   */
  static List<Finding> of(HookFacts facts, boolean others, boolean dryRun) {
    List<Finding> findings = new ArrayList<>();
    for (HookListing listing : facts.listings()) {
      for (HookEntry entry : listing.entries()) {
        finding(listing, entry, findings);
      }
    }
    for (String directory : facts.unknown()) {
      findings.add(
          Finding.warning(
              NAME,
              directory + " is no hook: what lies in it is never run",
              "Rename it; drainwatch hooks list drain, and --help, name the hooks."));
    }
    if (!others && facts.listings().stream().allMatch(listing -> listing.scripts().isEmpty())) {
      findings.add(
          Finding.warning(
              NAME,
              "no script in "
                  + facts.directories().stream()
                      .map(Path::toString)
                      .collect(Collectors.joining(", "))
                  + ": a drain does nothing and every event is acknowledged at once",
              "Put yours into " + firstOf(facts) + "/drain/, or see config/hooks.d for samples."));
    }
    if (dryRun) {
      findings.add(
          Finding.warning(
              NAME,
              "dry-run is on: no script does its work, nothing is acknowledged",
              "Set drainwatch.dry-run to false when you have seen enough."));
    }
    return findings;
  }

  private static void finding(HookListing listing, HookEntry entry, List<Finding> findings) {
    String text = listing.hook().word() + ": " + entry.path() + " " + entry.verdict().text();
    switch (entry.verdict()) {
      case Verdict.Runs runs -> findings.add(Finding.ok(NAME, text));
      case Verdict.Masked masked -> findings.add(Finding.ok(NAME, text));
      case Verdict.Refused refused ->
          findings.add(
              Finding.problem(
                  NAME,
                  text,
                  "It counts as failed, so nothing is acknowledged after this hook: put it right"
                      + " or remove it."));
      case Verdict.Skipped skipped -> {
        if (!skipped.silent()) {
          findings.add(
              Finding.warning(
                  NAME, text, "Make it executable, or name it properly, or remove it."));
        }
      }
    }
  }

  private static String firstOf(HookFacts facts) {
    return facts.directories().isEmpty() ? "hooks.d" : facts.directories().getFirst().toString();
  }
}

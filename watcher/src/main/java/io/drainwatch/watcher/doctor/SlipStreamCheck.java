package io.drainwatch.watcher.doctor;

import io.drainwatch.drainer.scripts.HookEntry;
import io.drainwatch.drainer.scripts.Verdict;
import io.drainwatch.drainer.slipstream.SlipStreamListing;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How many scripts of SlipStream's hooks would run, and which are refused. */
final class SlipStreamCheck {
  private static final String NAME = "slipstream";

  private SlipStreamCheck() {}

  static List<Finding> of(SlipStreamFacts facts) {
    if (!facts.found()) {
      return List.of(
          Finding.warning(
              NAME,
              "SlipStream mode is on, but there is no directory "
                  + facts.directory()
                  + ": no hook of it runs",
              "Set drainwatch.slipstream.dir to where prescale is, or drainwatch.slipstream.enabled"
                  + " to false."));
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(sum(facts));
    for (SlipStreamListing listing : facts.listings()) {
      for (SlipStreamListing.Target target : listing.targets()) {
        finding(listing, target.entry(), findings);
      }
    }
    return findings;
  }

  private static Finding sum(SlipStreamFacts facts) {
    String runs =
        facts.listings().stream()
            .filter(listing -> running(listing) > 0)
            .map(listing -> running(listing) + " " + listing.hook().word())
            .collect(Collectors.joining(", "));
    if (!runs.isEmpty()) {
      return Finding.ok(NAME, facts.directory() + "; to be run: " + runs);
    }
    return Finding.warning(
        NAME,
        "no script to be run in " + facts.directory(),
        "Its hooks are prescale, postscale, onvmremove and onvmadd, each a file or a directory.");
  }

  private static long running(SlipStreamListing listing) {
    return listing.targets().stream()
        .filter(target -> target.entry().verdict() instanceof Verdict.Runs)
        .count();
  }

  private static void finding(SlipStreamListing listing, HookEntry entry, List<Finding> findings) {
    String text = listing.hook().word() + ": " + entry.path() + " " + entry.verdict().text();
    switch (entry.verdict()) {
      case Verdict.Runs _ -> {
        // in the sum
      }
      case Verdict.Masked _ -> findings.add(Finding.ok(NAME, text));
      case Verdict.Refused _ ->
          findings.add(
              Finding.problem(NAME, text, "It counts as failed: put it right or remove it."));
      case Verdict.Skipped skipped -> {
        if (!skipped.silent()) {
          findings.add(
              Finding.warning(
                  NAME, text, "Make it executable, or name it properly, or remove it."));
        }
      }
    }
  }
}

package io.drainwatch.watcher.doctor;

import io.drainwatch.drainer.bosh.BoshEntry;
import io.drainwatch.drainer.bosh.BoshListing;
import io.drainwatch.drainer.bosh.BoshSettings;
import io.drainwatch.drainer.scripts.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How many scripts of BOSH's jobs would run, which are refused, and what leads nowhere. */
final class BoshCheck {
  private static final String NAME = "bosh";

  private BoshCheck() {}

  static List<Finding> of(BoshFacts facts) {
    if (!facts.found()) {
      return List.of(
          Finding.warning(
              NAME,
              "BOSH mode is on, but there is no directory "
                  + facts.base()
                  + ": no job's script runs",
              "Set drainwatch.bosh.base to where jobs/ is, or drainwatch.bosh.enabled to false."));
    }
    Set<String> jobs = jobs(facts);
    List<Finding> findings = new ArrayList<>();
    findings.add(sum(facts, jobs));
    refused(facts)
        .forEach(
            text ->
                findings.add(
                    Finding.problem(
                        NAME, text, "It counts as failed: put it right or remove it.")));
    // one sentence for a job, whose five scripts are skipped for the same reason
    warnings(facts)
        .forEach(
            text ->
                findings.add(
                    Finding.warning(
                        NAME, text, "Look at drainwatch.bosh.jobs and the directory's name.")));
    facts.skipDrain().stream()
        .filter(job -> !job.equals(BoshSettings.EVERY_JOB) && !jobs.contains(job))
        .forEach(
            job ->
                findings.add(
                    Finding.warning(
                        NAME,
                        "drainwatch.bosh.skip-drain names " + job + ", and there is no such job",
                        "Is it spelled as its directory?")));
    for (Path program : facts.missingPrograms()) {
      findings.add(
          Finding.problem(
              NAME,
              "drainwatch.bosh.stop or start runs "
                  + program
                  + ", which is missing or not executable for this user",
              "The command would fail, and the drain or the way back with it: put its path right."));
    }
    return findings;
  }

  private static Finding sum(BoshFacts facts, Set<String> jobs) {
    String where = count(jobs.size(), "job") + " in " + facts.base().resolve("jobs");
    String runs =
        facts.listings().stream()
            .filter(listing -> running(listing) > 0)
            .map(listing -> running(listing) + " " + listing.script().word())
            .collect(Collectors.joining(", "));
    if (!runs.isEmpty()) {
      return Finding.ok(NAME, where + "; to be run: " + runs);
    }
    return Finding.warning(
        NAME,
        where + ", and no script of them to be run",
        "A job's scripts are jobs/<job>/bin/drain and so on below " + facts.base() + ".");
  }

  private static long running(BoshListing listing) {
    return listing.entries().stream()
        .filter(entry -> entry.verdict() instanceof Verdict.Runs)
        .count();
  }

  private static Set<String> jobs(BoshFacts facts) {
    return entries(facts)
        .filter(entry -> !entry.job().equals(BoshSettings.EVERY_JOB) && !isNoJob(entry))
        .map(BoshEntry::job)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> refused(BoshFacts facts) {
    return entries(facts)
        .filter(entry -> entry.verdict() instanceof Verdict.Refused)
        .map(entry -> entry.path() + " " + entry.verdict().text())
        .distinct();
  }

  private static Stream<String> warnings(BoshFacts facts) {
    return entries(facts)
        .filter(BoshCheck::isNoJob)
        .map(entry -> "job " + entry.job() + " " + entry.verdict().text())
        .distinct();
  }

  private static boolean isNoJob(BoshEntry entry) {
    return entry.verdict() instanceof Verdict.Skipped skipped && !skipped.silent();
  }

  private static Stream<BoshEntry> entries(BoshFacts facts) {
    return facts.listings().stream().flatMap(listing -> listing.entries().stream());
  }

  private static String count(int count, String word) {
    return (count == 0 ? "no" : String.valueOf(count)) + " " + word + (count == 1 ? "" : "s");
  }
}

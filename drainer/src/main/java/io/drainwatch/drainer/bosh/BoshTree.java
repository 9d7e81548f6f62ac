package io.drainwatch.drainer.bosh;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.drainwatch.drainer.scripts.Refusal;
import io.drainwatch.drainer.scripts.SafetyCheck;
import io.drainwatch.drainer.scripts.Verdict;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds the scripts of the jobs (drain-scripts.md 3.1), in order of the bytes of the jobs' names.
 *
 * <p>A script that is missing, or a link to nothing, is skipped (E08): most jobs have few of the
 * five. Anything else that cannot run is refused and counts as failed. A {@code jobs} directory
 * that cannot be read is a refused entry of the job {@code *}: scripts nobody can see must not look
 * like no scripts. Reads the directories anew at each call and keeps nothing.
 */
public final class BoshTree {

  private final BoshSettings settings;
  private final SafetyCheck check;

  /** With the safety checks that the settings ask for. */
  public BoshTree(BoshSettings settings) {
    this(settings, checkOf(settings));
  }

  /** For tests, whose directories lie in unsafe places. */
  public BoshTree(BoshSettings settings, SafetyCheck check) {
    this.settings = settings;
    this.check = check;
  }

  /**
   * What a {@link io.drainwatch.drainer.scripts.ScriptRunner} for these scripts must check: they
   * are looked at once more right before they are run.
   */
  public static SafetyCheck checkOf(BoshSettings settings) {
    return settings.checks() ? SafetyCheck.full() : SafetyCheck.withoutOwnersAndModes();
  }

  /** Nothing at all when BOSH mode is off. */
  public BoshListing list(BoshScript script) {
    if (!settings.enabled()) {
      return new BoshListing(script, List.of());
    }
    Path directory = settings.base().resolve("jobs");
    List<BoshEntry> entries = new ArrayList<>();
    try {
      for (Job job : jobsIn(directory)) {
        entries.add(entry(script, job));
      }
    } catch (IOException e) {
      Refusal refusal = new Refusal(Refusal.Reason.UNREADABLE, directory, e.toString());
      return new BoshListing(
          script,
          List.of(new BoshEntry(BoshSettings.EVERY_JOB, directory, new Verdict.Refused(refusal))));
    }
    return new BoshListing(script, entries);
  }

  /**
   * The names of the jobs there are, whatever scripts they have; none where they cannot be read. No
   * script is looked at: this is asked for each call.
   */
  public List<String> jobs() {
    try {
      return settings.enabled()
          ? jobsIn(settings.base().resolve("jobs")).stream()
              .map(Job::name)
              .filter(BoshTree::isJob)
              .toList()
          : List.of();
    } catch (IOException e) {
      return List.of();
    }
  }

  /**
   * @param directory as the system named it: one whose name this JVM's locale cannot spell must not
   *     be spelled again
   */
  private record Job(String name, Path directory) {}

  // A directory of the name * would stand for every job in skip-drain, and in the listing for one
  // that cannot be read.
  private static boolean isJob(String name) {
    return BoshSettings.isJobName(name) && !name.equals(BoshSettings.EVERY_JOB);
  }

  private BoshEntry entry(BoshScript script, Job job) {
    if (!isJob(job.name())) {
      return new BoshEntry(
          ScriptText.shown(job.name()),
          job.directory(),
          new Verdict.Skipped(
              "no name of a job: white space, control or non-ASCII bytes, or *", false));
    }
    Path path = job.directory().resolve("bin").resolve(script.word());
    return new BoshEntry(job.name(), path, verdict(script, job.name(), job.directory(), path));
  }

  private Verdict verdict(BoshScript script, String job, Path directory, Path path) {
    if (settings.jobs().contains(job) && Files.notExists(directory)) {
      return new Verdict.Skipped("there is no such job, but bosh.jobs names it", false);
    }
    if (Files.notExists(path)) { // follows links: true of one that leads to nothing
      return new Verdict.Skipped("the job has no " + script.word(), true);
    }
    if (settings.skips(script, job)) {
      return new Verdict.Skipped("bosh.skip-drain names the job", true);
    }
    Optional<Refusal> refusal = check.refuses(path);
    return refusal.<Verdict>map(Verdict.Refused::new).orElseGet(Verdict.Runs::new);
  }

  private List<Job> jobsIn(Path directory) throws IOException {
    if (!settings.jobs().isEmpty()) {
      return settings.jobs().stream()
          .distinct()
          .sorted()
          .map(name -> new Job(name, directory.resolve(name)))
          .toList();
    }
    if (Files.notExists(directory, NOFOLLOW_LINKS)) {
      return List.of();
    }
    List<Job> jobs = new ArrayList<>();
    try (DirectoryStream<Path> stream =
        Files.newDirectoryStream(directory, entry -> Files.isDirectory(entry))) {
      stream.forEach(job -> jobs.add(new Job(String.valueOf(job.getFileName()), job)));
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    // names of jobs are ASCII, whose chars compare as their bytes do
    jobs.sort(Comparator.comparing(Job::name));
    return jobs;
  }
}

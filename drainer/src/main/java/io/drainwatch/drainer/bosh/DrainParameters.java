package io.drainwatch.drainer.bosh;

import io.drainwatch.drainer.context.BoshJobStates;
import io.drainwatch.drainer.context.Effects;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one call of a drain script is told: arguments and the two states (the table of
 * drain-scripts.md 3.3).
 *
 * @param packages changed and added ones, sorted; removed ones are not told, as in BOSH
 */
public record DrainParameters(
    JobChange change, HashChange hash, List<String> packages, JobState present, JobState next) {

  public DrainParameters {
    packages = packages.stream().sorted().toList();
  }

  /** {@code $1}. */
  public enum JobChange {
    UPDATE("job_changed"),
    SHUTDOWN("job_shutdown"),
    RECALL("job_check_status");

    private final String word;

    JobChange(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  /** {@code $2}; an event always says unchanged. */
  public enum HashChange {
    NEW("hash_new"),
    CHANGED("hash_changed"),
    UNCHANGED("hash_unchanged");

    private final String word;

    HashChange(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  /** The VM goes on with another specification. */
  public static DrainParameters update(JobSpec old, JobSpec next) {
    List<String> packages =
        next.packages().entrySet().stream()
            .filter(it -> !it.getValue().equals(old.packages().get(it.getKey())))
            .map(it -> it.getKey())
            .toList();
    return new DrainParameters(
        JobChange.UPDATE, hash(old, next), packages, old.state(), next.state());
  }

  /**
   * The jobs stop.
   *
   * @param next empty: nothing is known of what comes after
   */
  public static DrainParameters shutdown(JobSpec old, Optional<JobSpec> next) {
    return new DrainParameters(
        JobChange.SHUTDOWN,
        HashChange.UNCHANGED,
        List.of(),
        old.state(),
        next.map(JobSpec::state).orElseGet(JobState.NotSet::new));
  }

  /** The first call for an event of the platform. */
  public static DrainParameters ofEvent(Effects.Bosh effects, BoshJobStates states) {
    return new DrainParameters(
        switch (effects.drainArgument()) {
          case JOB_CHANGED -> JobChange.UPDATE;
          case JOB_SHUTDOWN -> JobChange.SHUTDOWN;
        },
        HashChange.UNCHANGED,
        List.of(),
        JobState.of(states.present()),
        JobState.of(states.next()));
  }

  /** Of every further call after a negative answer (dynamic draining). */
  public DrainParameters recall() {
    return new DrainParameters(
        JobChange.RECALL, HashChange.UNCHANGED, List.of(), present, new JobState.NotSet());
  }

  /** All that stands behind the script's name. */
  public List<String> arguments() {
    return Stream.concat(Stream.of(change.word(), hash.word()), packages.stream()).toList();
  }

  /** Why the script must not be called: a state that cannot be built (B08, B09). */
  public Optional<String> problem() {
    return Stream.of(present, next)
        .flatMap(
            state ->
                state instanceof JobState.CannotBeBuilt(String why)
                    ? Stream.of(why)
                    : Stream.empty())
        .findFirst();
  }

  private static HashChange hash(JobSpec old, JobSpec next) {
    if (next.configuration().isEmpty()
        || Objects.equals(old.configuration(), next.configuration())) {
      return HashChange.UNCHANGED;
    }
    return old.configuration().isEmpty() ? HashChange.NEW : HashChange.CHANGED;
  }
}

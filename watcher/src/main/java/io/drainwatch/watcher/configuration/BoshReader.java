package io.drainwatch.watcher.configuration;

import io.drainwatch.drainer.bosh.BoshSettings;
import io.drainwatch.drainer.bosh.ExitCodeRule;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** {@code drainwatch.bosh.*} (drain-scripts.md part 3). */
final class BoshReader {
  private static final String SECTION = "drainwatch.bosh.";
  private static final Duration LONGEST_SLEEP = Duration.ofDays(7);
  private static final Pattern JOB = Pattern.compile("(?!\\.{1,2}$)[!-.0-~]{1,255}");

  private BoshReader() {}

  static DrainwatchSettings.Bosh read(Values values) {
    var redeploy =
        values
            .choice(SECTION + "redeploy", Words.of(DrainwatchSettings.Bosh.Redeploy.class))
            .orElse(DrainwatchSettings.Bosh.Redeploy.RECREATE);
    BoshSettings mode = mode(values);
    remarks(mode, values.findings());
    return new DrainwatchSettings.Bosh(redeploy, mode);
  }

  private static BoshSettings mode(Values values) {
    BoshSettings off = BoshSettings.off();
    return new BoshSettings(
        values.flag(SECTION + "enabled").orElse(off.enabled()),
        values.one(SECTION + "base", Texts::directory).orElse(off.base()),
        values.many(SECTION + "jobs", BoshReader::job).orElse(off.jobs()),
        values.many(SECTION + "skip-drain", BoshReader::jobOrAll).orElse(off.skipDrain()),
        values.flag(SECTION + "checks").orElse(off.checks()),
        values.choice(SECTION + "exit-code", Words.of(ExitCodeRule.class)).orElse(off.exitCode()),
        values.duration(SECTION + "max-sleep", Duration.ZERO, LONGEST_SLEEP).orElse(off.maxSleep()),
        values.flag(SECTION + "drain-variables").orElse(off.drainVariables()),
        values.many(SECTION + "stop", BoshReader::command).orElse(off.stop()),
        values.many(SECTION + "start", BoshReader::command).orElse(off.start()),
        off.commandLimit());
  }

  private static void remarks(BoshSettings mode, Findings findings) {
    if (!mode.enabled() && !mode.equals(BoshSettings.off())) {
      findings.remark(
          SECTION + "enabled is false, so no other key of the section but redeploy has an effect");
    }
    if (mode.enabled() && !mode.checks()) {
      findings.remark(SECTION + "checks is off: a script that others may change is run");
    }
  }

  private static Parsed<String> jobOrAll(String text) {
    return text.equals(BoshSettings.EVERY_JOB) ? Parsed.of(text) : job(text);
  }

  private static Parsed<String> job(String text) {
    if (text.equals(BoshSettings.EVERY_JOB)) {
      return Parsed.refused("must be the name of a job's directory; all of them are an empty list");
    }
    return Texts.matching(text, JOB, "must be the name of a job's directory");
  }

  /** Never read by a shell: words, split at white space. */
  private static Parsed<List<String>> command(String text) {
    if (text.chars().anyMatch(Character::isISOControl)) {
      return Parsed.refused("must be one line");
    }
    if (text.indexOf('"') >= 0 || text.indexOf('\'') >= 0) {
      return Parsed.refused("is split at white space, whatever is quoted: put it into a script");
    }
    List<String> words = List.of(text.strip().split("\\s+"));
    return Texts.directory(words.getFirst()) instanceof Parsed.Accepted
        ? Parsed.of(words)
        : Parsed.refused("must begin with the absolute path of a program");
  }
}

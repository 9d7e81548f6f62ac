package io.drainwatch.watcher.configuration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes typed values out of what was given. A value that does not fit is noted as a fault and reads
 * as not given, so that reading goes on to the next.
 */
final class Values {
  private static final Pattern INDEX = Pattern.compile("\\[([0-9]{1,4})\\].*", Pattern.DOTALL);

  private final Map<String, Given> given;
  private final Findings findings;

  Values(Map<String, Given> given, Findings findings) {
    this.given = given;
    this.findings = findings;
  }

  Findings findings() {
    return findings;
  }

  Iterable<String> keys() {
    return given.keySet();
  }

  Optional<Given> given(String key) {
    return Optional.ofNullable(given.get(key)).filter(each -> !each.isBlank());
  }

  void fault(String key, String reason) {
    given(key)
        .ifPresentOrElse(
            each -> findings.fault(key, each, reason), () -> findings.fault(key, reason));
  }

  <T> Optional<T> one(String key, Function<String, Parsed<T>> parser) {
    findings.asked(key);
    return given(key).flatMap(each -> parsed(key, each, parser));
  }

  /**
   * A list: YAML's own, entries numbered from 0 without a gap, or one text with commas. Empty means
   * not given; a list given as empty is an empty list.
   */
  <T> Optional<List<T>> many(String key, Function<String, Parsed<T>> parser) {
    findings.askedList(key);
    SortedSet<Integer> indexes = indexes(key);
    Optional<Given> whole = given(key);
    if (whole.isPresent() && !indexes.isEmpty()) {
      findings.fault(key, whole.get(), "given as a whole and by number: one of the two");
      return Optional.empty();
    }
    if (whole.isPresent()) {
      return Optional.of(split(key, whole.get(), parser));
    }
    if (indexes.isEmpty()) {
      return Optional.empty();
    }
    List<T> values = new ArrayList<>();
    for (int index : indexes) {
      String entry = key + '[' + index + ']';
      findings.asked(entry);
      Optional<Given> each = given(entry);
      each.flatMap(present -> parsed(entry, present, parser)).ifPresent(values::add);
      if (each.isEmpty() && given.containsKey(entry)) {
        findings.fault(entry, "an entry without a value");
      }
    }
    return Optional.of(values);
  }

  /** The numbers of a list's entries; a gap is a fault. */
  SortedSet<Integer> indexes(String key) {
    SortedSet<Integer> indexes = new TreeSet<>();
    for (String each : given.keySet()) {
      if (each.startsWith(key + '[')) {
        Matcher matcher = INDEX.matcher(each.substring(key.length()));
        if (matcher.matches()) {
          indexes.add(Integer.parseInt(matcher.group(1)));
        }
      }
    }
    if (!indexes.isEmpty() && indexes.last() != indexes.size() - 1) {
      findings.fault(key, "entries are numbered from 0 without a gap");
    }
    return indexes;
  }

  private <T> List<T> split(String key, Given whole, Function<String, Parsed<T>> parser) {
    if (whole.isEmptyList()) {
      return List.of();
    }
    Optional<String> text = whole.text();
    if (text.isEmpty()) {
      findings.fault(key, whole, "a list of single values is expected");
      return List.of();
    }
    List<T> values = new ArrayList<>();
    for (String part : text.get().split(",", -1)) {
      if (part.isBlank()) {
        findings.fault(key, whole, "an entry between commas is empty");
      } else {
        parsed(key, new Given(part.strip(), whole.origin()), parser).ifPresent(values::add);
      }
    }
    return values;
  }

  private <T> Optional<T> parsed(String key, Given each, Function<String, Parsed<T>> parser) {
    Optional<String> text = each.text();
    if (text.isEmpty()) {
      findings.fault(key, each, "one value is expected");
      return Optional.empty();
    }
    return switch (parser.apply(text.get())) {
      case Parsed.Accepted<T>(T value) -> Optional.of(value);
      case Parsed.Refused<T>(String reason) -> {
        findings.fault(key, each, reason);
        yield Optional.empty();
      }
    };
  }

  Optional<Duration> duration(String key, Duration least, Duration most) {
    return one(key, text -> DurationText.parse(text, least, most));
  }

  Optional<Boolean> flag(String key) {
    return one(
        key,
        text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "true", "yes", "on" -> Parsed.of(true);
              case "false", "no", "off" -> Parsed.of(false);
              default -> Parsed.refused("true or false is expected");
            });
  }

  Optional<Integer> number(String key, int least, int most) {
    return one(key, text -> wholeNumber(text, least, most));
  }

  private static Parsed<Integer> wholeNumber(String text, int least, int most) {
    if (text.matches("-?[0-9]{1,9}")) {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return Parsed.of(number);
      }
    }
    return Parsed.refused("a whole number from " + least + " to " + most + " is expected");
  }

  <T> Optional<T> choice(String key, Words<T> words) {
    return one(key, words::parse);
  }
}

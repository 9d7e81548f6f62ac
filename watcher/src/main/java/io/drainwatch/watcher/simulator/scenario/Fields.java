package io.drainwatch.watcher.simulator.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The keys of one mapping, taken one by one. What cannot be read becomes a problem and reads as not
 * given, so that one pass finds everything; {@link #end} names what nobody asked for.
 */
final class Fields {

  private final String path;
  private final int line;
  private final Map<String, Located.Entry> entries = new LinkedHashMap<>();
  private final TreeSet<String> asked = new TreeSet<>();
  private final List<Problem> problems;

  Fields(String path, Located value, List<Problem> problems) {
    this.path = path;
    this.line = value.line();
    this.problems = problems;
    if (value instanceof Located.Mapping mapping) {
      mapping.entries().forEach(entry -> entries.put(entry.key(), entry));
    } else if (!(value instanceof Located.Nothing)) {
      problems.add(new Problem(line, path, "needs keys and values here"));
    }
  }

  int line() {
    return line;
  }

  boolean has(String key) {
    asked.add(key);
    return entries.containsKey(key);
  }

  /** The value as it stands. */
  Optional<Located> value(String key) {
    asked.add(key);
    return Optional.ofNullable(entries.get(key)).map(Located.Entry::value);
  }

  Optional<String> text(String key) {
    Optional<Located> value = value(key);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get() instanceof Located.Scalar(int ignored, String text)) {
      return Optional.of(text);
    }
    problem(key, "needs one plain value");
    return Optional.empty();
  }

  /** A text that is not blank. */
  Optional<String> name(String key) {
    Optional<String> text = text(key);
    if (text.filter(String::isBlank).isPresent()) {
      problem(key, "is blank");
      return Optional.empty();
    }
    return text;
  }

  /** A name that has to be there. */
  Optional<String> needed(String key) {
    if (!has(key)) {
      problems.add(new Problem(line, at(key), "is missing"));
    }
    return name(key);
  }

  Optional<Duration> duration(String key) {
    return read(
        key, DurationText::read, "is no duration: write for example 500ms, 20s, 1m30s or 7d");
  }

  OptionalLong number(String key, long least, long most) {
    Optional<Long> number =
        read(
            key,
            text -> {
              try {
                return Optional.of(Long.parseLong(text))
                    .filter(given -> given >= least && given <= most);
              } catch (NumberFormatException none) {
                return Optional.empty();
              }
            },
            "is no whole number from " + least + " to " + most);
    return number.map(OptionalLong::of).orElse(OptionalLong.empty());
  }

  boolean flag(String key) {
    return this.<Boolean>read(
            key,
            text ->
                switch (text) {
                  case "true" -> Optional.of(true);
                  case "false" -> Optional.of(false);
                  default -> Optional.empty();
                },
            "is neither true nor false")
        .orElse(false);
  }

  <T> Optional<T> choice(String key, List<T> choices, Function<T, String> word) {
    return read(
        key,
        text -> choices.stream().filter(choice -> word.apply(choice).equals(text)).findFirst(),
        "is none of " + choices.stream().map(word).toList());
  }

  <T> Optional<T> read(String key, Function<String, Optional<T>> reader, String otherwise) {
    Optional<String> text = text(key);
    Optional<T> read = text.flatMap(reader);
    if (text.isPresent() && read.isEmpty()) {
      problem(key, "\"" + text.get() + "\" " + otherwise);
    }
    return read;
  }

  /** A list of names; one name alone is a list of one. */
  Optional<List<String>> names(String key) {
    Optional<Located> value = value(key);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    List<Located> items =
        value.get() instanceof Located.Sequence sequence ? sequence.items() : List.of(value.get());
    List<String> names = new ArrayList<>();
    for (Located item : items) {
      if (item instanceof Located.Scalar(int ignored, String text) && !text.isBlank()) {
        names.add(text);
      } else {
        problems.add(new Problem(item.line(), at(key), "needs names"));
      }
    }
    return Optional.of(names);
  }

  /** The keys below a key. */
  Fields group(String key) {
    return new Fields(at(key), value(key).orElse(new Located.Nothing(line)), problems);
  }

  List<Fields> groups(String key) {
    Optional<Located> value = value(key);
    if (value.isEmpty()) {
      return List.of();
    }
    if (!(value.get() instanceof Located.Sequence sequence)) {
      problem(key, "needs a list");
      return List.of();
    }
    List<Fields> groups = new ArrayList<>();
    for (Located item : sequence.items()) {
      groups.add(new Fields(at(key) + "[" + groups.size() + "]", item, problems));
    }
    return groups;
  }

  void problem(String key, String why) {
    Located.Entry entry = entries.get(key);
    problems.add(new Problem(entry == null ? line : entry.line(), at(key), why));
  }

  /** For what is wrong with the whole. */
  void problem(String why) {
    problems.add(new Problem(line, path, why));
  }

  /** Says which keys nobody asked for. */
  void end() {
    for (Located.Entry entry : entries.values()) {
      if (!asked.contains(entry.key())) {
        problems.add(
            new Problem(entry.line(), at(entry.key()), "is unknown; known here: " + asked));
      }
    }
  }

  private String at(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}

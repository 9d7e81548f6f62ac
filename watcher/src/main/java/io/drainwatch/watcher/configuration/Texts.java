package io.drainwatch.watcher.configuration;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Single values of more than one feature: absolute directories, texts of a given form. */
final class Texts {
  private Texts() {}

  static Parsed<Path> directory(String text) {
    Path path;
    try {
      path = Path.of(text).normalize();
    } catch (InvalidPathException e) {
      return Parsed.refused("not a path");
    }
    if (!path.isAbsolute()) {
      return Parsed.refused("must be an absolute path");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      return Parsed.refused("a path has no control characters");
    }
    return path.getNameCount() == 0
        ? Parsed.refused("must not be the root directory")
        : Parsed.of(path);
  }

  static Parsed<String> matching(String text, Pattern pattern, String reason) {
    return pattern.matcher(text).matches() ? Parsed.of(text) : Parsed.refused(reason);
  }

  /** One line of at most this many characters. */
  static Parsed<String> line(String text, int longest) {
    if (text.length() > longest || text.chars().anyMatch(Character::isISOControl)) {
      return Parsed.refused("must be one line of at most " + longest + " characters");
    }
    return Parsed.of(text);
  }
}

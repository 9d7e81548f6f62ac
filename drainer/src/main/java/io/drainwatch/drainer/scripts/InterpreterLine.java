package io.drainwatch.drainer.scripts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether the kernel can start a file. Without {@code #!} it would run silently through {@code
 * /bin/sh}; with a bad interpreter it would end with a 126 or 127 that looks like the script's own
 * (drain-scripts.md 6.2, 6.3).
 */
final class InterpreterLine {

  /** The kernel looks at no more of a file than this (BINPRM_BUF_SIZE). */
  private static final int LOOKED_AT = 256;

  private InterpreterLine() {}

  /** Opens the file: it must be known to be a regular one. */
  static Optional<Refusal> refuses(Path file) {
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(LOOKED_AT);
    } catch (IOException e) {
      return Optional.of(new Refusal(Refusal.Reason.UNREADABLE, file, e.toString()));
    }
    String text = new String(start, StandardCharsets.ISO_8859_1);
    if (text.startsWith("\177ELF")) {
      return Optional.empty();
    }
    if (!text.startsWith("#!")) {
      return Optional.of(
          new Refusal(
              Refusal.Reason.NO_INTERPRETER_LINE, file, start.length == 0 ? "it is empty" : ""));
    }
    return complaint(text, start.length < LOOKED_AT)
        .map(detail -> new Refusal(Refusal.Reason.BAD_INTERPRETER_LINE, file, detail));
  }

  private static Optional<String> complaint(String start, boolean whole) {
    int end = start.indexOf('\n');
    if (end < 0 && !whole) {
      return Optional.of("the first line is longer than " + LOOKED_AT + " bytes");
    }
    String line = start.substring(2, end < 0 ? start.length() : end);
    if (line.endsWith("\r")) {
      return Optional.of("the first line ends in CR");
    }
    String interpreter = line.replaceFirst("^[ \t]+", "").replaceFirst("(?s)[ \t\0].*", "");
    if (!interpreter.startsWith("/")) {
      return Optional.of("the interpreter '" + interpreter + "' is no absolute path");
    }
    Path path;
    try {
      path = Path.of(interpreter);
    } catch (InvalidPathException e) {
      return Optional.of("the interpreter '" + interpreter + "' is no path");
    }
    if (!Files.exists(path)) {
      return Optional.of("the interpreter " + interpreter + " does not exist");
    }
    if (!Files.isRegularFile(path) || !Files.isExecutable(path)) {
      return Optional.of("the interpreter " + interpreter + " is not executable");
    }
    return Optional.empty();
  }
}

package io.drainwatch.drainer.scripts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the kernel says about this very process. */
final class DaemonProcess {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Pattern EFFECTIVE_UID = Pattern.compile("(?m)^Uid:\\s+\\d+\\s+(\\d+)");
  private static final Pattern UMASK = Pattern.compile("(?m)^Umask:\\s+(\\d+)");

  private DaemonProcess() {}

  /** The user it runs as. */
  static int uid() {
    return find(EFFECTIVE_UID)
        .map(Integer::parseUnsignedInt)
        .orElseThrow(() -> new IllegalStateException("no Uid line in " + STATUS));
  }

  /** In octal, as {@code 0022}; empty before Linux 4.7. */
  static Optional<String> umask() {
    return find(UMASK);
  }

  private static Optional<String> find(Pattern line) {
    try {
      Matcher matcher = line.matcher(Files.readString(STATUS, StandardCharsets.ISO_8859_1));
      return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot learn the user of this process", e);
    }
  }
}

package io.drainwatch.image;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A Debian package: what it must be, and where it is to be had.
 *
 * @param path below an archive, {@code pool/...}
 * @param snapshot day whose snapshot has it, as {@code 20261121T000000Z}
 */
record Pin(String architecture, String sha256, String path, String snapshot) {
  private static final String SECURITY = "pool/updates/";

  Pin {
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("no SHA-256 of " + path + ": " + sha256);
    }
    if (!path.matches("pool/[^ ]+\\.deb") || path.contains("..")) {
      throw new IllegalArgumentException("no path of a package: " + path);
    }
  }

  static List<Pin> of(String architecture) throws IOException {
    try (InputStream in = Pin.class.getResourceAsStream("debian.pins");
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8))) {
      List<String[]> lines =
          reader
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .map(line -> line.split(" ", -1))
              .toList();
      String snapshot = lines.getFirst()[1];
      List<Pin> pins =
          lines.stream()
              .skip(1)
              .map(line -> new Pin(line[0], line[1], line[2], snapshot))
              .filter(pin -> pin.architecture.equals(architecture))
              .toList();
      if (pins.isEmpty()) {
        throw new IOException("no packages are pinned for " + architecture);
      }
      return pins;
    }
  }

  String file() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Name of the package. */
  String name() {
    return file().substring(0, file().indexOf('_'));
  }

  /** As in the file's name, which has no epoch. */
  String version() {
    return file().split("_", -1)[1];
  }

  /**
   * Where to ask for it, in this order. Archives only keep what is current.
   *
   * @param mirror as {@code http://deb.debian.org}
   */
  List<String> addresses(String mirror) {
    String archive = path.startsWith(SECURITY) ? "debian-security" : "debian";
    // a plus means a space to some servers
    String file = path.replace("+", "%2B");
    return List.of(
        mirror + "/" + archive + "/" + file,
        "http://snapshot.debian.org/archive/" + archive + "/" + snapshot + "/" + file);
  }

  static Optional<Pin> named(List<Pin> pins, String name) {
    return pins.stream().filter(pin -> pin.name().equals(name)).findFirst();
  }
}

package io.drainwatch.dist;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What programs and libraries want of the system, as they say it themselves (ELF: DT_NEEDED, and
 * the versions of symbols).
 *
 * @param libraries file names, such as {@code libc.so.6}
 * @param symbols versions, such as {@code GLIBC_2.34}
 */
record NativeNeeds(Set<String> libraries, Set<String> symbols) {
  private static final int MAGIC = 0x7f454c46;
  private static final int SECTION_DYNAMIC = 6;
  private static final int SECTION_VERSIONS_NEEDED = 0x6ffffffe;
  private static final Pattern GLIBC = Pattern.compile("GLIBC_(\\d+)\\.(\\d+)(\\.\\d+)?");

  /** Debian's packages. Another library stops the build: somebody has to look. */
  private static final Map<String, String> PACKAGES =
      Map.of(
          "libgcc_s.so.1", "libgcc-s1",
          "libstdc++.so.6", "libstdc++6",
          "libz.so.1", "zlib1g",
          "libjpeg.so.62", "libjpeg62-turbo");

  private static final Pattern LIBC =
      Pattern.compile("(libc|libm|libdl|libpthread|librt)\\.so\\.\\d|ld-linux.*");

  static NativeNeeds of(Path directory) throws IOException {
    Set<String> own = new TreeSet<>();
    NativeNeeds needs = new NativeNeeds(new TreeSet<>(), new TreeSet<>());
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        own.add(each.getFileName().toString());
        ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(each));
        if (content.limit() > 64 && content.getInt(0) == MAGIC) {
          needs.read(content.order(ByteOrder.LITTLE_ENDIAN));
        }
      }
    }
    needs.libraries.removeAll(own);
    return needs;
  }

  /** As in {@code Depends:}. */
  String packages() {
    int[] newest =
        symbols.stream()
            .map(GLIBC::matcher)
            .filter(Matcher::matches)
            .map(at -> new int[] {Integer.parseInt(at.group(1)), Integer.parseInt(at.group(2))})
            .max(Comparator.comparingInt((int[] at) -> at[0]).thenComparingInt(at -> at[1]))
            .orElseThrow();
    Stream<String> others =
        libraries.stream().filter(each -> !LIBC.matcher(each).matches()).map(NativeNeeds::packaged);
    return Stream.concat(
            Stream.of("libc6 (>= " + newest[0] + "." + newest[1] + ")"), others.sorted())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static String packaged(String library) {
    String name = PACKAGES.get(library);
    if (name == null) {
      throw new IllegalStateException("which package of Debian has " + library + "?");
    }
    return name;
  }

  private void read(ByteBuffer elf) {
    int sections = (int) elf.getLong(0x28);
    int size = elf.getShort(0x3a);
    int count = elf.getShort(0x3c);
    for (int i = 0; i < count; i++) {
      int header = sections + i * size;
      int type = elf.getInt(header + 4);
      int start = (int) elf.getLong(header + 0x18);
      int length = (int) elf.getLong(header + 0x20);
      int names = (int) elf.getLong(sections + elf.getInt(header + 0x28) * size + 0x18);
      if (type == SECTION_DYNAMIC) {
        for (int entry = start; entry < start + length; entry += 16) {
          if (elf.getLong(entry) == 1) {
            libraries.add(text(elf, names + (int) elf.getLong(entry + 8)));
          }
        }
      } else if (type == SECTION_VERSIONS_NEEDED) {
        readVersions(elf, start, names);
      }
    }
  }

  private void readVersions(ByteBuffer elf, int start, int names) {
    int file = start;
    int next;
    do {
      int version = file + elf.getInt(file + 8);
      int step;
      do {
        symbols.add(text(elf, names + elf.getInt(version + 8)));
        step = elf.getInt(version + 12);
        version += step;
      } while (step != 0);
      next = elf.getInt(file + 12);
      file += next;
    } while (next != 0);
  }

  private static String text(ByteBuffer elf, int start) {
    int end = start;
    while (elf.get(end) != 0) {
      end++;
    }
    byte[] text = new byte[end - start];
    elf.get(start, text);
    return new String(text, StandardCharsets.US_ASCII);
  }
}

package io.drainwatch.dist;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Debian's file of that name: under which licence what is, as the bill of materials has it. */
final class Copyright {
  private static final String BEFORE =
      """
      Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
      Upstream-Name: drainwatch
      Comment: /usr/lib/drainwatch/sbom.json says of each library where it is from.

      Files: *
      Copyright: The authors of Drainwatch
      License: Apache-2.0

      Files: usr/lib/drainwatch/runtime/*
      Copyright: Oracle and others, see usr/lib/drainwatch/runtime/legal
      License: GPL-2.0-only WITH Classpath-exception-2.0
      """;

  private static final String AFTER =
      """

      License: Apache-2.0
       The text is in /usr/share/common-licenses/Apache-2.0.

      License: GPL-2.0-only WITH Classpath-exception-2.0
       The texts are in /usr/lib/drainwatch/runtime/legal/java.base.
      """;

  private Copyright() {}

  static String of(Path home) throws IOException {
    StringBuilder text = new StringBuilder(BEFORE);
    Path bill = home.resolve(Bill.NAME);
    if (Files.exists(bill)) {
      for (JsonNode each : new ObjectMapper().readTree(bill.toFile()).path("components")) {
        String path = each.at("/evidence/occurrences/0/location").asText();
        if (path.endsWith(".jar") && !path.contains("/drainwatch-")) {
          text.append("\nFiles: usr/lib/drainwatch/")
              .append(path)
              .append("\nCopyright: see the file\nLicense: ")
              .append(licences(each.path("licenses")))
              .append('\n');
        }
      }
    }
    return text.append(AFTER).toString();
  }

  private static String licences(JsonNode all) {
    List<String> names = new ArrayList<>();
    for (JsonNode each : all) {
      JsonNode licence = each.path("license");
      names.add(
          each.has("expression")
              ? each.path("expression").asText()
              : licence.path("id").asText(licence.path("name").asText("")));
    }
    return names.isEmpty() ? "see the file" : String.join(" or ", names);
  }
}

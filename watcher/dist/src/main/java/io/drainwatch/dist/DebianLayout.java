package io.drainwatch.dist;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/** Which file of the distribution lies where on Debian, by path without a slash in front. */
final class DebianLayout {
  static final String HOME = "usr/lib/drainwatch/";
  static final String CONFIGURATION = "etc/drainwatch/drainwatch.yml";

  private static final String DOCUMENTS = "usr/share/doc/drainwatch/";

  /** The settings name every hook. */
  private static final Pattern HOOK =
      Pattern.compile("^    ([a-z-]+): \\{timeout: ", Pattern.MULTILINE);

  private static final String UNITS = "usr/lib/systemd/system/";

  private final Order order;
  private final SortedMap<String, Placed> places = new TreeMap<>();

  private DebianLayout(Order order) {
    this.order = order;
  }

  static SortedMap<String, Placed> of(Order order) throws IOException {
    return new DebianLayout(order).places();
  }

  private SortedMap<String, Placed> places() throws IOException {
    distribution();
    places.put("usr/bin/drainwatch", new Placed.Link("../lib/drainwatch/bin/drainwatch"));
    Path config = order.home().resolve("config");
    copy(config.resolve("drainwatch.yml"), CONFIGURATION);
    for (String unit :
        new String[] {"drainwatch.service", "drainwatch-peers.service", "drainwatch-peers.timer"}) {
      copy(config.resolve(unit), UNITS + unit);
    }
    content("sysusers", "usr/lib/sysusers.d/drainwatch.conf");
    content("tmpfiles", "usr/lib/tmpfiles.d/drainwatch.conf");
    directories();
    Path share = order.home().resolve("share");
    places.put(
        "usr/share/man/man8/drainwatch.8.gz",
        new Placed.Content(compressed(Files.readAllBytes(share.resolve("man/man8/drainwatch.8")))));
    String completion = "bash-completion/completions/drainwatch";
    copy(share.resolve(completion), "usr/share/" + completion);
    places.put(
        DOCUMENTS + "copyright",
        new Placed.Content(Copyright.of(order.home()).getBytes(StandardCharsets.UTF_8)));
    if (Files.exists(order.home().resolve(Bill.NAME))) {
      places.put(DOCUMENTS + Bill.NAME, new Placed.Link("../../../lib/drainwatch/" + Bill.NAME));
    }
    return withParents();
  }

  /** All of it but what Debian has other places for. */
  private void distribution() throws IOException {
    try (Stream<Path> files = Files.walk(order.home())) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        Path path = order.home().relativize(each);
        if (!path.startsWith("share") && !path.toString().equals("LICENSE")) {
          copy(each, HOME + path);
        }
      }
    }
  }

  private void directories() throws IOException {
    String settings = Files.readString(order.home().resolve("config/drainwatch.yml"));
    Matcher hooks = HOOK.matcher(settings);
    while (hooks.find()) {
      places.put("etc/drainwatch/hooks.d/" + hooks.group(1), new Placed.Directory(0755));
    }
    // for other packages; the settings name it
    places.put(HOME + "hooks.d", new Placed.Directory(0755));
    places.put("var/lib/drainwatch", new Placed.Directory(0700));
  }

  private void copy(Path from, String path) {
    places.put(path, new Placed.Copy(from, Files.isExecutable(from) ? 0755 : 0644));
  }

  private void content(String resource, String path) throws IOException {
    places.put(path, new Placed.Content(resource(resource).getBytes(StandardCharsets.UTF_8)));
  }

  static String resource(String name) throws IOException {
    try (InputStream in = DebianLayout.class.getResourceAsStream("debian/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static byte[] compressed(byte[] content) throws IOException {
    GzipParameters parameters = new GzipParameters();
    parameters.setCompressionLevel(9);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GzipCompressorOutputStream out = new GzipCompressorOutputStream(bytes, parameters)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private SortedMap<String, Placed> withParents() {
    SortedMap<String, Placed> whole = new TreeMap<>(places);
    for (String path : places.keySet()) {
      for (int end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
        whole.putIfAbsent(path.substring(0, end), new Placed.Directory(0755));
      }
    }
    return whole;
  }
}

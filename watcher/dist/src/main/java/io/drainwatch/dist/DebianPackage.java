package io.drainwatch.dist;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.vafer.jdeb.Console;
import org.vafer.jdeb.DataConsumer;
import org.vafer.jdeb.DataProducer;
import org.vafer.jdeb.DebMaker;
import org.vafer.jdeb.PackagingException;
import org.vafer.jdeb.shaded.commons.compress.archivers.tar.TarArchiveEntry;
import org.vafer.jdeb.shaded.commons.compress.archivers.tar.TarConstants;

/**
 * The distribution as a package of Debian. Every file has the time that it has in the distribution,
 * by which the ahead-of-time cache knows its jars.
 */
final class DebianPackage {
  private static final int DIRECTORY = 0040000;
  private static final int FILE = 0100000;
  private static final int LINK = 0120000;
  private static final List<String> SCRIPTS = List.of("postinst", "prerm", "postrm");

  private final Order order;

  DebianPackage(Order order) {
    this.order = order;
  }

  /** After the distribution itself, whose files it takes. */
  void write(Path file) throws IOException {
    SortedMap<String, Placed> places = DebianLayout.of(order);
    DataProducer all = consumer -> produce(places, consumer);
    SortedMap<String, Placed> settings = new TreeMap<>(places);
    settings.keySet().retainAll(List.of(DebianLayout.CONFIGURATION));
    DataProducer conffiles = consumer -> produce(settings, consumer);
    DebMaker maker = new DebMaker(new Quiet(), List.of(all), List.of(conffiles));
    maker.setDeb(file.toFile());
    maker.setControl(control(file).toFile());
    maker.setCompression(order.debian().compression());
    maker.setTarLongFileMode("gnu");
    maker.setOutputTimestampMs(order.time().toEpochMilli());
    maker.setChangesEnabled(false);
    try {
      Files.deleteIfExists(file);
      maker.validate();
      maker.makeDeb();
    } catch (PackagingException e) {
      throw new IOException("no package was made: " + e.getMessage(), e);
    }
  }

  private Path control(Path file) throws IOException {
    Path directory = file.resolveSibling("debian");
    Staging.empty(directory);
    Map<String, String> filled =
        Map.of(
            "@version@", order.debian().version(),
            "@architecture@", Order.architecture(),
            "@maintainer@", order.debian().maintainer(),
            "@depends@", NativeNeeds.of(order.home().resolve("runtime")).packages() + ", passwd");
    String control = DebianLayout.resource("control");
    for (Map.Entry<String, String> each : filled.entrySet()) {
      control = control.replace(each.getKey(), each.getValue());
    }
    Files.writeString(directory.resolve("control"), control);
    for (String script : SCRIPTS) {
      Files.writeString(directory.resolve(script), DebianLayout.resource(script));
    }
    return directory;
  }

  private void produce(SortedMap<String, Placed> places, DataConsumer consumer) throws IOException {
    for (Map.Entry<String, Placed> each : places.entrySet()) {
      String path = "./" + each.getKey();
      switch (each.getValue()) {
        case Placed.Directory(int mode) -> {
          TarArchiveEntry entry = ofRoot(new TarArchiveEntry(path + "/", true));
          entry.setMode(DIRECTORY | mode);
          consumer.onEachDir(entry);
        }
        case Placed.Copy(Path from, int mode) -> {
          try (InputStream content = Files.newInputStream(from)) {
            file(consumer, path, content, Files.size(from), mode);
          }
        }
        case Placed.Content(byte[] bytes) ->
            file(consumer, path, new ByteArrayInputStream(bytes), bytes.length, 0644);
        case Placed.Link(String target) -> {
          TarArchiveEntry entry = ofRoot(new TarArchiveEntry(path, TarConstants.LF_SYMLINK));
          entry.setLinkName(target);
          entry.setMode(LINK | 0777);
          consumer.onEachLink(entry);
        }
      }
    }
  }

  private void file(DataConsumer consumer, String path, InputStream content, long size, int mode)
      throws IOException {
    TarArchiveEntry entry = ofRoot(new TarArchiveEntry(path, true));
    entry.setSize(size);
    entry.setMode(FILE | mode);
    consumer.onEachFile(content, entry);
  }

  private TarArchiveEntry ofRoot(TarArchiveEntry entry) {
    entry.setIds(0, 0);
    entry.setNames("root", "root");
    entry.setModTime(order.time().toEpochMilli());
    return entry;
  }

  /** It would name every file. */
  private static final class Quiet implements Console {
    @Override
    public void debug(String message) {}

    @Override
    public void info(String message) {}

    @Override
    public void warn(String message) {
      System.err.println(message);
    }
  }
}

package io.drainwatch.image;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import io.drainwatch.dist.Bill;
import io.drainwatch.dist.ClusterTraining;
import io.drainwatch.dist.JavaRuntime;
import io.drainwatch.dist.Libraries;
import io.drainwatch.dist.StoredJars;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What lies above the base image. What changes seldom comes first, so that it is pulled seldom. */
final class Layers {
  static final String HOME = "usr/lib/drainwatch/";
  static final String CACHE = "cache";
  private static final String AZURE = HOME + "azure/";

  private final Order order;
  private final Path directory;

  Layers(Order order) {
    this.order = order;
    this.directory = order.directory().resolve("layers");
  }

  /**
   * @param tini Debian's package of that name
   * @param shipped what else is in the image
   */
  List<FileEntriesLayer> build(DebFile tini, List<Pin> shipped)
      throws IOException, InterruptedException {
    List<FileEntriesLayer> layers = new ArrayList<>();
    List<Staging> staged = new ArrayList<>(List.of(runtime(tini)));
    try (StoredJars jars = new StoredJars(order.all())) {
      staged.add(libraries(jars));
      if (!order.azure().isEmpty()) {
        staged.add(azure(jars));
      }
      staged.add(program(jars));
    }
    if (!order.bills().isEmpty()) {
      bill(shipped, staged.getLast().at(HOME + Bill.NAME));
    }
    for (Staging each : staged) {
      each.settleTimes();
    }
    if (order.model().isPresent()) {
      staged.add(cache(staged, order.model().get()));
    }
    for (Staging each : staged) {
      layers.add(each.layer());
    }
    layers.add(written());
    return layers;
  }

  /** The only layer that is never the same again. */
  private Staging cache(List<Staging> below, Path model) throws IOException, InterruptedException {
    Path whole = Staging.empty(order.directory().resolve("whole"));
    for (Staging each : below) {
      each.linkInto(whole);
    }
    Path home = whole.resolve(HOME);
    Staging cache = new Staging(CACHE, directory.resolve(CACHE));
    new ClusterTraining(
            home.resolve("drainwatch"), home, model, order.directory().resolve("training"))
        .makeCache(cache.at(HOME + "lib/drainwatch.jsa"));
    cache.settleTimes();
    // the bench starts it from there
    cache.linkInto(whole);
    return cache;
  }

  private Staging runtime(DebFile tini) throws IOException, InterruptedException {
    Staging runtime = new Staging("runtime", directory.resolve("runtime"));
    // no room for Java's own archive beside ours
    JavaRuntime.Archive archive =
        order.model().isPresent() ? JavaRuntime.Archive.NONE : JavaRuntime.Archive.DEFAULT;
    JavaRuntime.link(runtime.at(HOME + "runtime"), archive);
    // linked statically: it must not depend on the base image
    runtime.write(HOME + "tini", content(tini, "usr/bin/tini-static"));
    runtime.executable(HOME + "tini");
    runtime.write("usr/share/doc/tini/copyright", content(tini, "usr/share/doc/tini/copyright"));
    return runtime;
  }

  private static byte[] content(DebFile deb, String path) throws IOException {
    if (deb.entries().get(path) instanceof Entry.File file) {
      return file.content();
    }
    throw new IOException("the package lacks " + path);
  }

  private Staging libraries(StoredJars jars) throws IOException {
    Staging libraries = new Staging("libraries", directory.resolve("libraries"));
    for (Path each : order.libraries()) {
      if (!order.isOurs(each)) {
        jars.write(each, libraries.at(HOME + "lib/" + each.getFileName()));
      }
    }
    return libraries;
  }

  /** Beside the class path, where who asks Azure looks for them. */
  private Staging azure(StoredJars jars) throws IOException {
    Staging azure = new Staging("azure", directory.resolve("azure"));
    for (Path each : order.azure()) {
      if (!order.isOurs(each)) {
        jars.write(each, azure.at(AZURE + each.getFileName()));
      }
    }
    return azure;
  }

  /** Jars and launcher as in every installation, so that the JVM's options stand in one place. */
  private Staging program(StoredJars jars) throws IOException {
    Staging program = new Staging("drainwatch", directory.resolve("drainwatch"));
    jars.write(order.jar(), program.at(HOME + "lib/" + order.jar().getFileName()));
    program.write(
        HOME + "lib/classpath",
        Libraries.forTheLauncher(order.classPath()).getBytes(StandardCharsets.UTF_8));
    for (Path each : order.libraries()) {
      if (order.isOurs(each)) {
        jars.write(each, program.at(HOME + "lib/" + each.getFileName()));
      }
    }
    for (Path each : order.azure()) {
      if (order.isOurs(each)) {
        jars.write(each, program.at(AZURE + each.getFileName()));
      }
    }
    program.copy(order.sources().resolve("drainwatch"), HOME + "drainwatch");
    program.executable(HOME + "drainwatch");
    program.write(
        "usr/bin/drainwatch",
        "#!/bin/sh\nexec /usr/lib/drainwatch/drainwatch \"$@\"\n".getBytes(StandardCharsets.UTF_8));
    program.executable("usr/bin/drainwatch");
    Path config = order.sources().resolve("config");
    program.copy(config.resolve("drain.sh"), HOME + "drain.sh");
    program.copyTree(config, HOME + "config");
    program.copy(order.sources().resolve("LICENSE"), "usr/share/doc/drainwatch/copyright");
    return program;
  }

  private void bill(List<Pin> packages, Path file) throws IOException {
    Bill bill = new Bill(order.bills());
    for (Path each : order.classPath()) {
      bill.ships(written(each, HOME + "lib/"), "lib/" + each.getFileName());
    }
    for (Path each : order.azure()) {
      bill.ships(written(each, AZURE), "azure/" + each.getFileName());
    }
    bill.shipsJava(directory.resolve("runtime").resolve(HOME + "runtime"));
    for (Pin each : packages) {
      bill.shipsPackage(each.name(), each.version(), each.architecture(), each.sha256());
    }
    bill.write(order.version(), order.created(), file);
  }

  /** The jar as it is in the image. */
  private Path written(Path jar, String to) {
    String name = jar.getFileName().toString();
    String layer = to.equals(AZURE) ? "azure" : "libraries";
    return directory.resolve(order.isOurs(jar) ? "drainwatch" : layer).resolve(to + name);
  }

  /** Where it writes, besides /tmp. */
  private FileEntriesLayer written() throws IOException {
    Path empty = Files.createDirectories(directory.resolve("empty"));
    return FileEntriesLayer.builder()
        .setName("state")
        .addEntry(
            empty,
            AbsoluteUnixPath.get("/var/lib/drainwatch"),
            FilePermissions.fromOctalString("700"),
            Staging.TIME,
            UserLand.USER + ":" + UserLand.USER)
        .build();
  }
}

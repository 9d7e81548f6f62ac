package io.drainwatch.image;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.Ports;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import io.drainwatch.dist.Bill;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Started by watcher/image/pom.xml; with the name of an image in a registry it is pushed there too.
 */
final class BuildImage {
  private final Order order;

  BuildImage(Order order) {
    this.order = order;
  }

  public static void main(String[] arguments) throws Exception {
    Order order = Order.fromProperties();
    for (String to : arguments) {
      order = order.in(order.directory(), to);
    }
    new BuildImage(order).build();
    // jib leaves threads of its HTTP client behind
    System.exit(0);
  }

  /** Says on standard output how large it is. */
  Path build() throws Exception {
    Files.createDirectories(order.directory());
    // It goes by the times of the files, which never change: what is in it would be taken for what
    // is.
    Staging.empty(order.directory().resolve("cache"));
    String architecture = Order.architecture();
    List<Pin> pins = Pin.of(architecture);
    Downloads downloads = new Downloads(order.directory().resolve("debian"), order.debian());
    Pin pinOfTini = Pin.named(pins, "tini").orElseThrow();
    DebFile tini = DebFile.read(downloads.file(pinOfTini));
    Path base = order.directory().resolve("base.tar");
    if (order.base().isEmpty()) {
      UserLand userLand = new UserLand();
      for (Pin pin : pins) {
        userLand.add(pin.name(), DebFile.read(downloads.file(pin)));
      }
      BaseTar.write(userLand.entries(), architecture, base);
    }
    JibContainerBuilder image = Jib.from(order.base().orElse("tar://" + base));
    List<FileEntriesLayer> layers =
        new Layers(order).build(tini, order.base().isEmpty() ? pins : List.of(pinOfTini));
    layers.forEach(image::addFileEntriesLayer);
    describe(image, architecture);
    Path tar =
        order.directory().resolve("drainwatch-" + order.version() + "-" + architecture + ".tar");
    Files.deleteIfExists(tar);
    JibContainer built =
        image.containerize(common(Containerizer.to(TarImage.at(tar).named("drainwatch:" + tag()))));
    Sizes.print(tar, layers.stream().map(FileEntriesLayer::getName).toList(), System.out);
    System.out.println("image " + built.getImageId());
    Files.writeString(
        tar.resolveSibling(tar.getFileName() + ".sha256"),
        Downloads.sha256(Files.readAllBytes(tar)) + "  " + tar.getFileName() + "\n");
    if (order.to().isPresent()) {
      String to = order.to().get();
      JibContainer pushed = image.containerize(common(Containerizer.to(registry(to))));
      System.out.println("pushed to " + to + " as " + pushed.getDigest());
    }
    return tar;
  }

  private String tag() {
    return order.version().replace('+', '-');
  }

  private static RegistryImage registry(String name) throws Exception {
    ImageReference reference = ImageReference.parse(name);
    CredentialRetrieverFactory credentials =
        CredentialRetrieverFactory.forImage(reference, event -> {});
    RegistryImage image = RegistryImage.named(reference);
    String user = System.getenv("DRAINWATCH_REGISTRY_USER");
    String password = System.getenv("DRAINWATCH_REGISTRY_PASSWORD");
    if (user != null && password != null) {
      image.addCredential(user, password);
    }
    return image
        .addCredentialRetriever(credentials.dockerConfig())
        .addCredentialRetriever(credentials.wellKnownCredentialHelpers());
  }

  private Containerizer common(Containerizer containerizer) {
    return containerizer
        .setToolName("drainwatch")
        .setApplicationLayersCache(order.directory().resolve("cache"))
        .setBaseImageLayersCache(order.directory().resolve("cache-base"))
        // a registry of this machine may speak without TLS, no other
        .setAllowInsecureRegistries(
            order.to().filter(to -> to.startsWith("localhost:")).isPresent());
  }

  private void describe(JibContainerBuilder image, String architecture) {
    String home = "/" + Layers.HOME;
    image
        .setPlatforms(Set.of(new Platform(architecture, "linux")))
        // tini is process 1, or stands in for it (-s): it collects what hooks leave behind
        .setEntrypoint(home + "tini", "-s", "--", home + "drainwatch")
        .setProgramArguments("run")
        .setUser(UserLand.USER + ":" + UserLand.USER)
        .setEnvironment(
            sorted(
                Map.of(
                    "PATH",
                    "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                    "LANG",
                    "C.UTF-8")))
        .setExposedPorts(Ports.parse(List.of("9797")))
        .setCreationTime(order.created())
        .setLabels(
            sorted(
                Map.of(
                    "io.drainwatch.sbom",
                    home + Bill.NAME,
                    "org.opencontainers.image.title",
                    "Drainwatch",
                    "org.opencontainers.image.description",
                    "Drains a VM or a Node before Azure's scheduled maintenance and brings it back.",
                    "org.opencontainers.image.version",
                    order.version(),
                    "org.opencontainers.image.licenses",
                    "Apache-2.0")));
  }

  /** In the order in which they are asked for, which Map.of changes from run to run. */
  private static SortedMap<String, String> sorted(Map<String, String> map) {
    return new TreeMap<>(map);
  }
}

package io.drainwatch.dist;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The bill of materials (SBOM) of what is shipped, as CycloneDX: what the modules' own bills say of
 * a jar, for the jars that are there and no others, with the checksum of the file that is there
 * (jars are written anew) and beside it those of where it is from.
 */
public final class Bill {
  public static final String NAME = "sbom.json";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final String CENTRAL = "https://repo1.maven.org/maven2/";

  private final SortedMap<String, ObjectNode> known = new TreeMap<>();
  private final SortedMap<String, SortedSet<String>> dependencies = new TreeMap<>();
  private final SortedMap<String, ObjectNode> components = new TreeMap<>();

  /**
   * @param ofModules what cyclonedx-maven-plugin wrote
   */
  public Bill(List<Path> ofModules) throws IOException {
    for (Path each : ofModules) {
      JsonNode bill = JSON.readTree(each.toFile());
      learn(bill.path("metadata").path("component"));
      bill.path("components").forEach(this::learn);
      for (JsonNode dependency : bill.path("dependencies")) {
        SortedSet<String> on =
            dependencies.computeIfAbsent(
                dependency.path("ref").asText(), unused -> new TreeSet<>());
        dependency.path("dependsOn").forEach(one -> on.add(one.asText()));
      }
    }
  }

  private void learn(JsonNode component) {
    String name = component.path("name").asText() + "-" + component.path("version").asText();
    String purl = component.path("purl").asText();
    int classifier = purl.indexOf("classifier=");
    if (classifier >= 0) {
      name += "-" + purl.substring(classifier + "classifier=".length()).replaceFirst("&.*", "");
    }
    known.putIfAbsent(name + ".jar", (ObjectNode) component);
  }

  /**
   * @param path where it lies, below what is shipped
   */
  public void ships(Path jar, String path) throws IOException {
    ObjectNode source = known.get(jar.getFileName().toString());
    if (source == null) {
      throw new IOException("no module's bill of materials names " + jar.getFileName());
    }
    ObjectNode component = source.deepCopy();
    component.put("type", "library");
    component.remove("scope");
    JsonNode original = component.remove("hashes");
    hash(component.putArray("hashes"), Archive.sha256(jar));
    ArrayNode references = component.withArray("externalReferences");
    if (original != null && !component.path("group").asText().equals("io.drainwatch")) {
      ObjectNode origin = references.addObject().put("type", "distribution");
      String group = component.path("group").asText().replace('.', '/');
      origin.put(
          "url",
          CENTRAL
              + group
              + "/"
              + component.path("name").asText()
              + "/"
              + component.path("version").asText()
              + "/"
              + jar.getFileName());
      origin.set("hashes", original);
    }
    if (references.isEmpty()) {
      component.remove("externalReferences");
    }
    component.putObject("evidence").putArray("occurrences").addObject().put("location", path);
    components.put(component.path("bom-ref").asText(), component);
  }

  /** The runtime: a part of the JDK that links it. */
  public void shipsJava(Path runtime) throws IOException {
    Map<String, String> release = new TreeMap<>();
    for (String line : Files.readAllLines(runtime.resolve("release"))) {
      String[] nameAndValue = line.split("=", 2);
      release.put(nameAndValue[0], nameAndValue[1].replace("\"", ""));
    }
    ObjectNode java = add("java", "platform", "OpenJDK", System.getProperty("java.vm.version"));
    java.put("publisher", System.getProperty("java.vendor"));
    java.put("description", "Modules " + release.getOrDefault("MODULES", ""));
    java.putArray("licenses")
        .addObject()
        .put("expression", "GPL-2.0-only WITH Classpath-exception-2.0");
    java.putObject("evidence")
        .putArray("occurrences")
        .addObject()
        .put("location", runtime.getFileName().toString());
  }

  /** A package of Debian. */
  public void shipsPackage(String name, String version, String architecture, String sha256) {
    String purl =
        "pkg:deb/debian/" + name + "@" + version.replace("+", "%2B") + "?arch=" + architecture;
    ObjectNode component = add(purl, "library", name, version);
    component.put("purl", purl);
    hash(component.putArray("hashes"), sha256);
  }

  private ObjectNode add(String reference, String type, String name, String version) {
    ObjectNode component = JSON.createObjectNode();
    component.put("type", type).put("bom-ref", reference).put("name", name);
    component.put("version", version);
    components.put(reference, component);
    return component;
  }

  private static void hash(ArrayNode hashes, String sha256) {
    hashes.addObject().put("alg", "SHA-256").put("content", sha256);
  }

  /** The same things give the same bytes: sorted, no serial number, the time of the sources. */
  public void write(String version, Instant time, Path file) throws IOException {
    ObjectNode bill = JSON.createObjectNode();
    bill.put("bomFormat", "CycloneDX").put("specVersion", "1.6").put("version", 1);
    ObjectNode metadata = bill.putObject("metadata");
    metadata.put("timestamp", time.toString());
    ObjectNode product = metadata.putObject("component");
    product.put("type", "application").put("bom-ref", "drainwatch").put("name", "drainwatch");
    product.put("version", version);
    product.putArray("licenses").addObject().putObject("license").put("id", "Apache-2.0");
    bill.putArray("components").addAll(components.values());
    ArrayNode graph = bill.putArray("dependencies");
    depends(graph, "drainwatch", new ArrayList<>(components.keySet()));
    for (Map.Entry<String, SortedSet<String>> each : dependencies.entrySet()) {
      if (components.containsKey(each.getKey())) {
        depends(
            graph,
            each.getKey(),
            each.getValue().stream().filter(components::containsKey).toList());
      }
    }
    Files.writeString(file, JSON.writeValueAsString(bill) + "\n");
  }

  private static void depends(ArrayNode graph, String reference, List<String> on) {
    ObjectNode node = graph.addObject().put("ref", reference);
    if (!on.isEmpty()) {
      on.forEach(node.putArray("dependsOn")::add);
    }
  }
}

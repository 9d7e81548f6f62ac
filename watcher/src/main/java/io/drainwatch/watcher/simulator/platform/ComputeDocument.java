package io.drainwatch.watcher.simulator.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Writes {@code /metadata/instance} of a VM (section 10): all simple values are strings, what is
 * absent is an empty string, and older versions leave out what came later.
 */
public final class ComputeDocument {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Pattern DIGITS = Pattern.compile("\\d+");

  private static final Map<String, String> SINCE =
      Map.of(
          "vmId", "2017-04-02",
          "placementGroupId", "2017-08-01",
          "vmScaleSetName", "2017-12-01",
          "resourceId", "2019-03-11",
          "storageProfile", "2019-06-01",
          "osProfile", "2020-07-15",
          "priority", "2020-12-01",
          "evictionPolicy", "2020-12-01",
          "virtualMachineScaleSet", "2021-03-01");

  private ComputeDocument() {}

  /** The compute part, or nothing if there is no such version. */
  public static Optional<ObjectNode> of(SimulatedVm vm, String version) {
    if (!InstanceVersions.ALL.contains(version)) {
      return Optional.empty();
    }
    ObjectNode compute = usual(vm.name());
    merge(compute, asStrings(vm.compute()));
    if (read(compute, "resourceId").isEmpty()) {
      compute.put("resourceId", resourceId(compute));
    }
    // versions are dates: their order as text is their order in time
    SINCE.forEach(
        (field, since) -> {
          if (version.compareTo(since) < 0) {
            compute.remove(field);
          }
        });
    if (version.compareTo("2021-02-01") < 0
        && compute.path("storageProfile") instanceof ObjectNode storage) {
      storage.remove("resourceDisk");
    }
    return Optional.of(compute);
  }

  /** The whole instance document: compute, and a network that says little. */
  public static Optional<ObjectNode> instance(SimulatedVm vm, String version) {
    return of(vm, version)
        .map(
            compute -> {
              ObjectNode document = NODES.objectNode();
              document.set("compute", compute);
              document.set("network", network());
              return document;
            });
  }

  /** Names at the top of {@code given} that no compute document has; case does not matter. */
  public static List<String> unknownFields(ObjectNode given) {
    ObjectNode usual = usual("vm");
    List<String> unknown = new ArrayList<>();
    given
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (sameField(usual, name).isEmpty()) {
                unknown.add(name);
              }
            });
    return unknown;
  }

  private static ObjectNode usual(String name) {
    ObjectNode compute = NODES.objectNode();
    compute.put("azEnvironment", "AzurePublicCloud");
    compute.put("evictionPolicy", "");
    compute.put("isHostCompatibilityLayerVm", "false");
    compute.put("licenseType", "");
    compute.put("location", "westeurope");
    compute.put("name", name);
    compute.put("offer", "");
    compute
        .putObject("osProfile")
        .put("adminUsername", "azureuser")
        .put("computerName", name.toLowerCase(Locale.ROOT).replace('_', '-'))
        .put("disablePasswordAuthentication", "true");
    compute.put("osType", "Linux");
    compute.put("placementGroupId", "");
    compute.put("platformFaultDomain", "0");
    compute.put("platformUpdateDomain", "0");
    compute.put("priority", "Regular");
    compute.put("provider", "Microsoft.Compute");
    compute.put("publisher", "");
    compute.put("resourceGroupName", "simulated");
    compute.put("resourceId", "");
    compute.put("sku", "");
    ObjectNode storage = compute.putObject("storageProfile");
    storage.putArray("dataDisks");
    storage.putObject("osDisk").put("name", name + "_OsDisk").put("diskSizeGB", "30");
    storage.putObject("resourceDisk").put("size", "16777216");
    compute.put("subscriptionId", "00000000-0000-0000-0000-000000000000");
    compute.put("tags", "");
    compute.putArray("tagsList");
    compute.put("version", "");
    compute.putObject("virtualMachineScaleSet").put("id", "");
    // the same name has the same id in every run, so that a restarted rehearsal is the same VM
    compute.put("vmId", UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString());
    compute.put("vmScaleSetName", "");
    compute.put("vmSize", "Standard_D4s_v5");
    compute.put("zone", "");
    return compute;
  }

  private static ObjectNode network() {
    ObjectNode network = NODES.objectNode();
    ObjectNode card = network.putArray("interface").addObject();
    ObjectNode ipv4 = card.putObject("ipv4");
    ipv4.putArray("ipAddress")
        .addObject()
        .put("privateIpAddress", "10.0.0.4")
        .put("publicIpAddress", "");
    ipv4.putArray("subnet").addObject().put("address", "10.0.0.0").put("prefix", "24");
    card.putObject("ipv6").putArray("ipAddress");
    card.put("macAddress", "000D3A000004");
    return network;
  }

  /** Section 7: a Uniform scale set's instance is {@code V_N} in events and {@code V/../N} here. */
  private static String resourceId(ObjectNode compute) {
    String name = read(compute, "name");
    String scaleSet = read(compute, "vmScaleSetName");
    String group =
        "/subscriptions/"
            + read(compute, "subscriptionId")
            + "/resourceGroups/"
            + read(compute, "resourceGroupName")
            + "/providers/Microsoft.Compute/";
    String number = name.substring(name.lastIndexOf('_') + 1);
    if (name.equals(scaleSet + "_" + number) && DIGITS.matcher(number).matches()) {
      return group + "virtualMachineScaleSets/" + scaleSet + "/virtualMachines/" + number;
    }
    return group + "virtualMachines/" + name;
  }

  /** Lays {@code given} over {@code compute}; a name in other letters replaces the usual one. */
  private static void merge(ObjectNode compute, ObjectNode given) {
    for (Map.Entry<String, JsonNode> field : given.properties()) {
      Optional<String> same = sameField(compute, field.getKey());
      if (same.isPresent()
          && compute.path(same.get()) instanceof ObjectNode inner
          && field.getValue() instanceof ObjectNode over) {
        merge(inner, over);
      } else {
        same.ifPresent(compute::remove);
        compute.set(field.getKey(), field.getValue());
      }
    }
  }

  private static Optional<String> sameField(ObjectNode node, String name) {
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String candidate = names.next();
      if (candidate.equalsIgnoreCase(name)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  private static String read(ObjectNode compute, String field) {
    return sameField(compute, field).map(name -> compute.path(name).asText()).orElse("");
  }

  private static ObjectNode asStrings(ObjectNode node) {
    ObjectNode strings = NODES.objectNode();
    node.properties().forEach(field -> strings.set(field.getKey(), asStrings(field.getValue())));
    return strings;
  }

  private static JsonNode asStrings(JsonNode node) {
    if (node instanceof ObjectNode object) {
      return asStrings(object);
    }
    if (node instanceof ArrayNode array) {
      ArrayNode strings = NODES.arrayNode();
      array.forEach(item -> strings.add(asStrings(item)));
      return strings;
    }
    return NODES.textNode(node.isNull() ? "" : node.asText());
  }
}

package io.drainwatch.watcher.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.drainwatch.drainer.context.VmFacts;
import io.drainwatch.drainer.context.VmFacts.Disk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Reads {@code /metadata/instance/compute} (azure-scheduled-events.md, section 10), also wrapped in
 * {@code /metadata/instance}. Pure and total.
 *
 * <p>All simple values are strings and absent ones are empty strings; samples differ in the case of
 * names, so it does not matter. Only the name is needed; nothing else can make the rest unreadable.
 */
final class ComputeReader {
  private static final long MIB_PER_GIB = 1_024;
  private static final long KIB_PER_MIB = 1_024;
  private static final long LARGEST = Long.MAX_VALUE / MIB_PER_GIB;

  sealed interface Compute {}

  record ReadCompute(VmFacts facts) implements Compute {}

  record NotCompute(String reason) implements Compute {}

  Compute read(byte[] body) {
    if (body.length > PlatformJson.LONGEST_BODY) {
      return new NotCompute("it is longer than " + PlatformJson.LONGEST_BODY + " bytes");
    }
    try {
      JsonNode root = PlatformJson.MAPPER.readTree(PlatformJson.decode(body));
      JsonNode compute = field(root, "compute");
      return facts(compute.isObject() ? compute : root);
    } catch (JsonProcessingException e) {
      return new NotCompute("it is not JSON: " + PlatformJson.complaint(e));
    }
  }

  private static Compute facts(JsonNode compute) {
    Optional<String> name = text(compute, "name");
    if (name.isEmpty()) {
      return new NotCompute("it does not tell the VM's name");
    }
    return new ReadCompute(
        new VmFacts(
            name.get(),
            text(compute, "vmId"),
            text(compute, "resourceId"),
            text(compute, "priority"),
            text(compute, "evictionPolicy"),
            scaleSet(compute),
            text(compute, "zone"),
            disks(field(compute, "storageProfile"))));
  }

  /** A Flexible scale set is told by its resource id only. */
  private static Optional<String> scaleSet(JsonNode compute) {
    return text(compute, "vmScaleSetName")
        .or(
            () ->
                text(field(compute, "virtualMachineScaleSet"), "id")
                    .map(id -> id.substring(id.lastIndexOf('/') + 1))
                    .filter(name -> !name.isBlank()));
  }

  private static List<Disk> disks(JsonNode storage) {
    List<Disk> disks = new ArrayList<>();
    JsonNode os = field(storage, "osDisk");
    if (os.isObject()) {
      disks.add(disk(os, Disk.Kind.OS, OptionalInt.empty(), isOnTheHost(os)));
    }
    for (JsonNode data : field(storage, "dataDisks")) {
      if (data.isObject()) {
        disks.add(disk(data, Disk.Kind.PERSISTENT, lun(data), false));
      }
    }
    tempDisk(field(storage, "resourceDisk")).ifPresent(disks::add);
    return disks;
  }

  /** Absent settings come as an empty string or as an object of empty strings. */
  private static boolean isOnTheHost(JsonNode osDisk) {
    JsonNode settings = field(osDisk, "diffDiskSettings");
    return text(osDisk, "diffDiskSettings").isPresent()
        || settings
            .propertyStream()
            .anyMatch(setting -> text(settings, setting.getKey()).isPresent());
  }

  private static Disk disk(JsonNode disk, Disk.Kind kind, OptionalInt lun, boolean ephemeral) {
    OptionalLong gib = number(disk, "diskSizeGB");
    OptionalLong mib =
        gib.isPresent() ? OptionalLong.of(gib.getAsLong() * MIB_PER_GIB) : OptionalLong.empty();
    return new Disk(text(disk, "name").orElse(""), kind, lun, mib, ephemeral);
  }

  /** "0" or nothing: there is none. A size that cannot be read is still a disk. */
  private static Optional<Disk> tempDisk(JsonNode resourceDisk) {
    if (text(resourceDisk, "size").isEmpty()) {
      return Optional.empty();
    }
    OptionalLong kib = number(resourceDisk, "size");
    if (kib.isPresent() && kib.getAsLong() == 0) {
      return Optional.empty();
    }
    OptionalLong mib =
        kib.isPresent() ? OptionalLong.of(kib.getAsLong() / KIB_PER_MIB) : OptionalLong.empty();
    return Optional.of(new Disk("resource", Disk.Kind.EPHEMERAL, OptionalInt.empty(), mib, true));
  }

  private static OptionalInt lun(JsonNode disk) {
    OptionalLong number = number(disk, "lun");
    return number.isPresent() && number.getAsLong() <= Integer.MAX_VALUE
        ? OptionalInt.of((int) number.getAsLong())
        : OptionalInt.empty();
  }

  private static OptionalLong number(JsonNode object, String name) {
    OptionalLong number = PlatformJson.wholeNumber(field(object, name));
    return number.isPresent() && number.getAsLong() >= 0 && number.getAsLong() <= LARGEST
        ? number
        : OptionalLong.empty();
  }

  /** Strings as told; a number or a boolean, should one come, as it is written. */
  private static Optional<String> text(JsonNode object, String name) {
    JsonNode value = field(object, name);
    return value.isValueNode() && !value.isNull()
        ? Optional.of(ForeignText.clean(value.asText())).filter(text -> !text.isBlank())
        : Optional.empty();
  }

  private static JsonNode field(JsonNode object, String name) {
    JsonNode exact = object.path(name);
    if (!exact.isMissingNode()) {
      return exact;
    }
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (field.getKey().equalsIgnoreCase(name)) {
        return field.getValue();
      }
    }
    return MissingNode.getInstance();
  }
}

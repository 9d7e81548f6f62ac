package io.drainwatch.watcher.azure;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A VM, a scale set, or an instance of one (Uniform). Names are compared ignoring case, as Azure
 * does.
 *
 * @param instance the instance's id; present for instances only
 */
public record ResourceId(
    String subscription, String group, Kind kind, String name, Optional<String> instance) {

  /** What it is. */
  public enum Kind {
    VM("virtualMachines", "VM"),
    SCALE_SET("virtualMachineScaleSets", "scale set"),
    INSTANCE("virtualMachineScaleSets", "instance");

    private final String type;
    private final String word;

    Kind(String type, String word) {
      this.type = type;
      this.word = word;
    }

    /** Of Microsoft.Compute. */
    public String type() {
      return type;
    }
  }

  private static final String SUBSCRIPTION = "[0-9A-Za-z-]{1,64}";
  private static final String GROUP = "[\\p{L}\\p{N}._()-]{1,90}";
  private static final String NAME = "[A-Za-z0-9_][A-Za-z0-9._-]{0,127}";
  private static final Pattern SHAPE =
      Pattern.compile(
          "(?:azure://)?/subscriptions/("
              + SUBSCRIPTION
              + ")/resourceGroups/("
              + GROUP
              + ")/providers/Microsoft\\.Compute/(virtualMachines|virtualMachineScaleSets)/("
              + NAME
              + ")(?:/virtualMachines/("
              + NAME
              + "))?",
          Pattern.CASE_INSENSITIVE);
  private static final int LONGEST = 1_024;

  public ResourceId {
    if (!subscription.matches(SUBSCRIPTION) || !group.matches(GROUP) || !name.matches(NAME)) {
      throw new IllegalArgumentException("no id of a resource: " + group + "/" + name);
    }
    if (instance.isPresent() != (kind == Kind.INSTANCE)
        || instance.filter(id -> !id.matches(NAME)).isPresent()) {
      throw new IllegalArgumentException("an instance has an instance id, nothing else has");
    }
  }

  /**
   * From the resource id or a Node's {@code spec.providerID}. An "instance" whose id is no number
   * is one of a Flexible scale set, and those are VMs of their own.
   *
   * @return empty when it is neither a VM nor a scale set
   */
  public static Optional<ResourceId> parse(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    boolean ofScaleSet = matcher.group(3).equalsIgnoreCase(Kind.SCALE_SET.type);
    Optional<String> instance = Optional.ofNullable(matcher.group(5));
    if (!ofScaleSet) {
      return instance.isPresent()
          ? Optional.empty()
          : Optional.of(vm(matcher.group(1), matcher.group(2), matcher.group(4)));
    }
    if (instance.filter(id -> !id.matches("[0-9]+")).isPresent()) {
      return Optional.of(vm(matcher.group(1), matcher.group(2), instance.get()));
    }
    return Optional.of(
        new ResourceId(
            matcher.group(1),
            matcher.group(2),
            instance.isPresent() ? Kind.INSTANCE : Kind.SCALE_SET,
            matcher.group(4),
            instance));
  }

  public static ResourceId vm(String subscription, String group, String name) {
    return new ResourceId(subscription, group, Kind.VM, name, Optional.empty());
  }

  public static ResourceId scaleSet(String subscription, String group, String name) {
    return new ResourceId(subscription, group, Kind.SCALE_SET, name, Optional.empty());
  }

  /** One of this scale set. */
  public ResourceId instance(String id) {
    return new ResourceId(subscription, group, Kind.INSTANCE, name, Optional.of(id));
  }

  /** The scale set of an instance. */
  public ResourceId ofScaleSet() {
    return scaleSet(subscription, group, name);
  }

  /** As Resource Manager takes it. */
  public String path() {
    return "/subscriptions/"
        + subscription
        + "/resourceGroups/"
        + group
        + "/providers/Microsoft.Compute/"
        + kind.type
        + "/"
        + name
        + instance.map(id -> "/virtualMachines/" + id).orElse("");
  }

  /** As an event's {@code Resources} name it. */
  public String eventName() {
    return instance.map(id -> name + "_" + id).orElse(name);
  }

  /** For people. */
  public String words() {
    return instance
            .map(id -> "instance " + id + " of scale set " + name)
            .orElse(kind.word + " " + name)
        + " (resource group "
        + group
        + ")";
  }

  public boolean isSameAs(ResourceId other) {
    return path().equalsIgnoreCase(other.path());
  }
}

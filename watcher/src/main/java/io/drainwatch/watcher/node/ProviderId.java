package io.drainwatch.watcher.node;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The VM's name from a Node's {@code spec.providerID} (azure-scheduled-events.md 7, second way): by
 * the name of a Node it must not be guessed.
 */
final class ProviderId {
  private static final String NAME = "([A-Za-z0-9_][A-Za-z0-9._-]{0,127})";
  private static final Pattern OF_SCALE_SET =
      Pattern.compile(
          "azure://.*/virtualMachineScaleSets/" + NAME + "/virtualMachines/" + NAME,
          Pattern.CASE_INSENSITIVE);
  private static final Pattern ALONE =
      Pattern.compile("azure://.*/virtualMachines/" + NAME, Pattern.CASE_INSENSITIVE);
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");
  private static final int LONGEST = 1_024;

  private ProviderId() {}

  /**
   * Which scale set the VM is of, with its resource group; empty: none, not Azure's or not set yet.
   * Never sent anywhere, only compared.
   */
  static Optional<String> scaleSet(String providerId) {
    boolean isOfOne = providerId.length() <= LONGEST && OF_SCALE_SET.matcher(providerId).matches();
    String lower = providerId.toLowerCase(Locale.ROOT);
    return isOfOne
        ? Optional.of(lower.substring(0, lower.lastIndexOf("/virtualmachines/")))
        : Optional.empty();
  }

  /** Empty: not Azure's, or not set yet. */
  static Optional<String> vmName(String providerId) {
    if (providerId.length() > LONGEST) {
      return Optional.empty();
    }
    Matcher ofScaleSet = OF_SCALE_SET.matcher(providerId);
    if (ofScaleSet.matches()) {
      String instance = ofScaleSet.group(2);
      // instances of a Flexible scale set have names of their own
      return Optional.of(
          NUMBER.matcher(instance).matches() ? ofScaleSet.group(1) + "_" + instance : instance);
    }
    Matcher alone = ALONE.matcher(providerId);
    return alone.matches() ? Optional.of(alone.group(1)) : Optional.empty();
  }
}

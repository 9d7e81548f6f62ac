package io.drainwatch.drainer.context;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A VM's name read as group and index: {@code west_0} is {@code west/0} of the group west. Any
 * other name stands for itself. A Flexible scale set's {@code app_a1b2c3d4} has no index; its group
 * is only known where the platform tells it.
 *
 * @param name BOSH's way of writing it
 */
record InstanceName(String name, OptionalLong index, Optional<String> group) {
  /** Eighteen digits always fit a long; Azure's instance ids have far fewer. */
  private static final Pattern NUMBERED = Pattern.compile("(.+)_([0-9]{1,18})");

  static InstanceName of(String vmName) {
    Matcher numbered = NUMBERED.matcher(vmName);
    if (!numbered.matches()) {
      return new InstanceName(vmName, OptionalLong.empty(), Optional.empty());
    }
    return new InstanceName(
        numbered.group(1) + "/" + numbered.group(2),
        OptionalLong.of(Long.parseLong(numbered.group(2))),
        Optional.of(numbered.group(1)));
  }

  /** Whether a VM of this name is one of a scale set's, Uniform or Flexible. */
  static boolean isOfScaleSet(String vmName, String scaleSet) {
    int last = vmName.lastIndexOf('_');
    return last == scaleSet.length()
        && vmName.toLowerCase(Locale.ROOT).startsWith(scaleSet.toLowerCase(Locale.ROOT));
  }
}

package io.drainwatch.drainer.context;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One member of a context, for {@code drainwatch context get}. The path is {@code .vm.recreated},
 * {@code .disks[0].name}, or {@code .} for everything; members that this version does not know are
 * found as well.
 */
public final class ContextMember {
  private static final Pattern PATH = Pattern.compile("(\\.[^.\\[\\]]+(\\[[0-9]{1,9}])*)+");
  private static final Pattern STEP = Pattern.compile("\\.([^.\\[\\]]+)|\\[([0-9]+)]");

  private ContextMember() {}

  /**
   * A text as it is, anything else as compact JSON; empty when there is no such member.
   *
   * @throws IllegalArgumentException when the path is not one
   */
  public static Optional<String> get(JsonNode context, String path) {
    if (path.equals(".")) {
      return Optional.of(printed(context));
    }
    if (!PATH.matcher(path).matches()) {
      throw new IllegalArgumentException(
          "'" + path + "' is no path to a member; write one as .vm.recreated or .disks[0].name");
    }
    JsonNode node = context;
    Matcher step = STEP.matcher(path);
    while (step.find()) {
      node =
          step.group(1) == null
              ? node.path(Integer.parseInt(step.group(2)))
              : node.path(step.group(1));
    }
    return node.isMissingNode() ? Optional.empty() : Optional.of(printed(node));
  }

  private static String printed(JsonNode node) {
    // the same as toString, which loads an object mapper: 0.15 s of a hook's time
    return node.isContainerNode() ? node.toString() : node.asText();
  }
}

package io.drainwatch.drainer.scaledown;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What we write on a set as JSON patches, only on the version that was read: our finalizer,
 * wherever it stands in the list (D07), and how often clean-ups were tried.
 */
final class SetPatchJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String PATH = "/metadata/finalizers";
  private static final String ATTEMPTS =
      "/metadata/annotations/" + ScaleDownKeys.ATTEMPTS.replace("/", "~1");

  private SetPatchJson() {}

  /** That of 2018 gives way in the same patch. */
  static String added(SetFacts set) {
    ArrayNode patch = tested(set);
    remove(patch, set.finalizers(), List.of(ScaleDownKeys.LEGACY_FINALIZER));
    if (set.finalizers().isEmpty()) {
      patch
          .addObject()
          .put("op", "add")
          .put("path", PATH)
          .putArray("value")
          .add(ScaleDownKeys.SCALE_DOWN);
    } else if (!set.finalizers().contains(ScaleDownKeys.SCALE_DOWN)) {
      patch
          .addObject()
          .put("op", "add")
          .put("path", PATH + "/-")
          .put("value", ScaleDownKeys.SCALE_DOWN);
    }
    return patch.toString();
  }

  static String removed(SetFacts set) {
    ArrayNode patch = tested(set);
    remove(
        patch, set.finalizers(), List.of(ScaleDownKeys.SCALE_DOWN, ScaleDownKeys.LEGACY_FINALIZER));
    if (!set.attempts().areNone()) {
      patch.addObject().put("op", "remove").put("path", ATTEMPTS);
    }
    return patch.toString();
  }

  /** A set that is cleaned up has annotations: the template is one. */
  static String attempts(SetFacts set, Attempts attempts) {
    ArrayNode patch = tested(set);
    ObjectNode change = patch.addObject().put("path", ATTEMPTS);
    if (attempts.areNone()) {
      change.put("op", "remove");
    } else {
      change.put("op", "add").put("value", attempts.text());
    }
    return patch.toString();
  }

  private static ArrayNode tested(SetFacts set) {
    ArrayNode patch = MAPPER.createArrayNode();
    patch
        .addObject()
        .put("op", "test")
        .put("path", "/metadata/resourceVersion")
        .put("value", set.resourceVersion());
    return patch;
  }

  // from the end, so that the places before stay what they are
  private static void remove(ArrayNode patch, List<String> finalizers, List<String> ours) {
    for (int i = finalizers.size() - 1; i >= 0; i--) {
      if (ours.contains(finalizers.get(i))) {
        patch.addObject().put("op", "remove").put("path", PATH + "/" + i);
      }
    }
  }
}

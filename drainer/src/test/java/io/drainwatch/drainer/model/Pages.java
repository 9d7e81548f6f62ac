package io.drainwatch.drainer.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lists page by page: the later pages are of the same version as the first. */
final class Pages {
  private final Store store;
  private final Map<String, Rest> open = new HashMap<>();
  private long tokens;

  Pages(Store store) {
    this.store = store;
  }

  private record Rest(long version, List<? extends ModelObject> objects) {}

  /** What was listed in part cannot be read on: 410. */
  void expire() {
    open.clear();
  }

  /** Empty: the token has expired. */
  Optional<ObjectNode> page(Selection selection, String limit, String token) {
    Optional<Rest> all =
        token.isEmpty()
            ? Optional.of(new Rest(store.version(), selection.in(store)))
            : Optional.ofNullable(open.get(token));
    return all.map(rest -> page(selection, rest, limit.isEmpty() ? 0 : Integer.parseInt(limit)));
  }

  private ObjectNode page(Selection selection, Rest rest, int limit) {
    int size = limit <= 0 ? rest.objects().size() : Math.min(limit, rest.objects().size());
    ObjectNode list = ObjectJson.begun(selection.kind().list, selection.kind().apiVersion);
    ObjectNode metadata =
        list.putObject("metadata").put("resourceVersion", Long.toString(rest.version()));
    List<? extends ModelObject> left = rest.objects().subList(size, rest.objects().size());
    if (!left.isEmpty()) {
      String next = "page-" + ++tokens;
      open.put(next, new Rest(rest.version(), left));
      metadata.put("continue", next).put("remainingItemCount", left.size());
    }
    ArrayNode items = list.putArray("items");
    for (ModelObject each : rest.objects().subList(0, size)) {
      ObjectNode item = ObjectJson.write(each);
      // the items of a list do not name their kind
      item.remove(List.of("kind", "apiVersion"));
      items.add(item);
    }
    return list;
  }
}

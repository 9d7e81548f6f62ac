package io.drainwatch.watcher.node;

import io.drainwatch.drainer.nodework.NodeNote;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes to the log what the work on a Node has to say; its texts are bounded, one line each. */
public final class NodeLog implements Consumer<NodeNote> {
  private static final Logger LOG = LoggerFactory.getLogger("drainwatch");

  @Override
  public void accept(NodeNote note) {
    switch (note) {
      case NodeNote.Eviction(var notice) ->
          LOG.info("{}: {} ({})", notice.reason().label(), notice.pod().path(), notice.text());
      case NodeNote.Trouble(String text) -> LOG.warn("{}", text);
      case NodeNote.Predicted(int pods, String text) -> {
        if (pods > 0) {
          LOG.warn("{} pods would hold up the drain of this Node: {}", pods, text);
        }
      }
      case NodeNote.Deferred(String why) -> LOG.warn("the Node is not given back yet: {}", why);
      case NodeNote.MachineSeen(var fate) -> LOG.info("the VM {}", fate.text());
      case NodeNote.TakenOver(String holder) ->
          LOG.warn(
              "the record on the Node is written by {}: nothing more is done on the Node from here",
              holder);
    }
  }
}

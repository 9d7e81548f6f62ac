package io.drainwatch.watcher.node;

import io.drainwatch.drainer.cluster.Cluster;
import io.drainwatch.drainer.cluster.WriteAnswer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** At the start: may this Node be patched, and is all that takes awake? */
final class PatchRehearsal {
  private static final Logger LOG = LoggerFactory.getLogger("drainwatch");

  private PatchRehearsal() {}

  /** Blocks for one request. */
  static void of(String node, Cluster cluster) {
    switch (cluster.rehearsePatch(node)) {
      case WriteAnswer.Refused(int status, String why) ->
          LOG.warn(
              "an empty patch of this Node, on trial, was refused with HTTP {} ({}): a maintenance"
                  + " could not be written down on it. The role or an admission policy is missing"
                  + " something; it is tried again when a maintenance comes",
              status,
              why);
      case WriteAnswer.Done ignored -> LOG.debug("Node {} can be patched", node);
      case WriteAnswer.Gone ignored -> LOG.warn("Node {} is not there", node);
      case WriteAnswer.Conflict ignored -> LOG.debug("Node {} can be patched", node);
      case WriteAnswer.Unclear(String why) ->
          LOG.info("whether Node {} can be patched is not known yet: {}", node, why);
    }
  }
}

package io.drainwatch.drainer.ways;

import java.util.List;
import java.util.Optional;

/** A state of a small world, as a value. */
interface World {
  /** What comes next if nobody disturbs; empty: nothing that matters any more. */
  Optional<Step> next();

  /** Something that has an effect, or a look that something will be decided by, is to come next. */
  boolean isALandmark();

  /** What may come instead. */
  List<Step> disturbances();

  /** What is wrong with it when nothing comes any more. */
  List<String> wrongAtTheEnd();

  /**
   * @param what in a few words
   * @param broken promises
   */
  record Step(World world, String what, List<String> broken) {}
}

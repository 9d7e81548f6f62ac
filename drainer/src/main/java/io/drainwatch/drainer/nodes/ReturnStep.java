package io.drainwatch.drainer.nodes;

import java.util.List;

/** Whether a Node may go on on its way back. */
public sealed interface ReturnStep {
  /**
   * It may.
   *
   * @param rebooted whether the boot id changed
   */
  record Go(boolean rebooted) implements ReturnStep {}

  /**
   * Not yet; asked again for ever.
   *
   * @param why all that is missing, in a fixed order
   * @param alert it takes so long that people should look
   */
  record Wait(List<String> why, boolean alert) implements ReturnStep {
    public Wait {
      why = List.copyOf(why);
    }
  }

  /** The Node is gone, or recreated under the same name: the episode ends as node-gone. */
  record NodeGone() implements ReturnStep {}
}

package io.drainwatch.drainer.cluster;

import java.time.Instant;
import java.util.List;

/** What came of listing the VolumeAttachments of a Node. */
public sealed interface AttachmentListing {

  /**
   * @param volumes names of what is attached, or is to be; of one without a name that of the
   *     attachment
   * @param begun by our clock
   */
  record Complete(List<String> volumes, Instant begun) implements AttachmentListing {
    public Complete {
      volumes = List.copyOf(volumes);
    }
  }

  /**
   * Not complete, so not used.
   *
   * @param why one bounded line
   */
  record Failed(String why) implements AttachmentListing {}
}

package io.drainwatch.drainer.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** A VolumeAttachment as the API gives it: which volume, on which Node. */
record AttachmentReader(String nodeName, String volume) {
  private static final int MOST_CHARACTERS = 253;

  /** Empty: this is no VolumeAttachment. */
  static Optional<AttachmentReader> read(JsonNode json) {
    Fields attachment = Fields.of(json);
    String name = attachment.at("metadata").text("name");
    if (name.isBlank()) {
      return Optional.empty();
    }
    Fields spec = attachment.at("spec");
    String volume = spec.at("source").text("persistentVolumeName");
    return Optional.of(
        new AttachmentReader(
            spec.text("nodeName"), Line.cut(volume.isBlank() ? name : volume, MOST_CHARACTERS)));
  }
}

package io.drainwatch.watcher.fleetpage;

import io.drainwatch.watcher.pages.Tone;

/** A number that leads to the Nodes that it counts. */
record Chip(String text, String count, String link, Tone tone, boolean chosen) {
  String style() {
    return tone.style();
  }
}

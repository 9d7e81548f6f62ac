package io.drainwatch.drainer.scripts;

import io.drainwatch.drainer.maintenance.Hook;
import java.util.List;

/**
 * Everything found for a hook, in run order. Entries that do not run are among them, so that {@code
 * hooks list} can say why.
 */
public record HookListing(Hook hook, List<HookEntry> entries) {

  public HookListing {
    entries = List.copyOf(entries);
  }

  /** The scripts of the hook in run order: those that run and those that are refused. */
  public List<HookEntry> scripts() {
    return entries.stream().filter(HookEntry::counts).toList();
  }

  /** What looks like a mistake: skipped, but not silently. */
  public List<HookEntry> warnings() {
    return entries.stream()
        .filter(entry -> entry.verdict() instanceof Verdict.Skipped skipped && !skipped.silent())
        .toList();
  }
}

package io.drainwatch.watcher.doctor;

import io.drainwatch.drainer.bosh.BoshScript;
import io.drainwatch.drainer.bosh.BoshSettings;
import io.drainwatch.drainer.bosh.BoshTree;
import io.drainwatch.drainer.slipstream.SlipStreamDirectory;
import io.drainwatch.drainer.slipstream.SlipStreamHook;
import io.drainwatch.drainer.slipstream.SlipStreamSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Shell: looks for the scripts of BOSH's jobs and of SlipStream's hooks, where they are on. */
final class OtherScriptsLook {
  private OtherScriptsLook() {}

  /** Empty: BOSH mode is off. */
  static Optional<BoshFacts> at(BoshSettings settings, BoshTree tree) {
    return settings.enabled()
        ? Optional.of(
            new BoshFacts(
                settings.base(),
                Files.isDirectory(settings.base()),
                Arrays.stream(BoshScript.values()).map(tree::list).toList(),
                settings.skipDrain(),
                missing(settings)))
        : Optional.empty();
  }

  /** Empty: SlipStream mode is off. */
  static Optional<SlipStreamFacts> at(SlipStreamSettings settings, SlipStreamDirectory directory) {
    return settings.on()
        ? Optional.of(
            new SlipStreamFacts(
                settings.directory(),
                Files.isDirectory(settings.directory()),
                Arrays.stream(SlipStreamHook.values()).map(directory::list).toList()))
        : Optional.empty();
  }

  private static List<Path> missing(BoshSettings settings) {
    return Stream.concat(settings.stop().stream(), settings.start().stream())
        .map(words -> Path.of(words.getFirst()))
        .distinct()
        .filter(program -> !Files.isRegularFile(program) || !Files.isExecutable(program))
        .toList();
  }
}

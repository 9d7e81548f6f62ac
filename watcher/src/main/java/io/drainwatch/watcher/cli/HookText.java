package io.drainwatch.watcher.cli;

import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.slipstream.SlipStreamHook;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The name of a hook; for the hooks of peers SlipStream's too. */
final class HookText implements ITypeConverter<Hook> {
  @Override
  public Hook convert(String text) {
    return Hook.of(text.strip())
        .or(() -> SlipStreamHook.of(text.strip()).flatMap(HookText::ofPeers))
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'"
                        + text
                        + "' is no hook: "
                        + Arrays.stream(Hook.values())
                            .map(Hook::word)
                            .collect(Collectors.joining(", "))));
  }

  // The others run with hooks that have scripts of other contracts too.
  private static Optional<Hook> ofPeers(SlipStreamHook hook) {
    return switch (hook) {
      case ON_VM_REMOVE -> Optional.of(Hook.PEER_REMOVED);
      case ON_VM_ADD -> Optional.of(Hook.PEER_ADDED);
      case PRE_SCALE, POST_SCALE -> Optional.empty();
    };
  }
}

package io.drainwatch.watcher.cli;

import io.drainwatch.drainer.maintenance.Hook;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The name of a hook. */
final class HookText implements ITypeConverter<Hook> {
  @Override
  public Hook convert(String text) {
    return Hook.of(text.strip())
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
}

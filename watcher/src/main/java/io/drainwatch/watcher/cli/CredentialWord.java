package io.drainwatch.watcher.cli;

import io.drainwatch.watcher.configuration.AzureIdentitySettings;
import io.drainwatch.watcher.configuration.AzureIdentitySettings.Credential;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** As in the configuration file. */
final class CredentialWord implements ITypeConverter<Credential> {
  @Override
  public Credential convert(String text) {
    return AzureIdentitySettings.credential(text)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'" + text + "' is none of auto, managed-identity, workload-identity and cli"));
  }
}

package io.drainwatch.watcher.cli;

import picocli.CommandLine.IVersionProvider;

/** The version as built into the jar. */
final class Version implements IVersionProvider {
  static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"drainwatch " + text(), "Java " + Runtime.version()};
  }
}

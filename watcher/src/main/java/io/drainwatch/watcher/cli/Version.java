package io.drainwatch.watcher.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version as built into the jar. */
final class Version implements IVersionProvider {
  static final String UNKNOWN = "unknown";

  static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /** Of the sources; {@value #UNKNOWN} where they were not built in a clone, or not by Maven. */
  static String commit() {
    Properties build = new Properties();
    try (InputStream file = Version.class.getResourceAsStream("build.properties")) {
      if (file != null) {
        build.load(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return commit(build.getProperty("commit", ""));
  }

  /** Maven leaves what it cannot fill in as it stands. */
  static String commit(String filledIn) {
    return filledIn.matches("[0-9a-f]{7,40}") ? filledIn : UNKNOWN;
  }

  static String java() {
    return Runtime.version().toString();
  }

  @Override
  public String[] getVersion() {
    return new String[] {"drainwatch " + text(), "Java " + java()};
  }
}

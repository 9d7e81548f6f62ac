package io.drainwatch.watcher.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.watcher.azure.AzureLibrary.Opening;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AzureLibraryTest {
  @TempDir Path home;

  private Opening open() {
    return AzureLibrary.open(Map.of("DRAINWATCH_HOME", home.toString()), new Properties());
  }

  private static void jar(Path file, String service) throws Exception {
    Files.createDirectories(file.getParent());
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out)) {
      jar.putNextEntry(new JarEntry("META-INF/services/" + AzureAccess.class.getName()));
      jar.write(service.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      jar.closeEntry();
    }
  }

  @Test
  void saysWhereItLookedAndWhatToDo() {
    assertThat(open())
        .isInstanceOfSatisfying(
            Opening.Missing.class,
            missing ->
                assertThat(missing.sentence())
                    .contains(
                        home + "/watcher/azure/target/lib or " + home + "/azure",
                        "./drainwatch",
                        "-Dio.drainwatch.azure.library=DIR"));
  }

  @Test
  void findsWhatLiesInASourceTreeInAnInstallationAndInANamedDirectory() throws Exception {
    String service = OfThisTest.class.getName();
    jar(home.resolve("azure/a.jar"), service);
    assertThat(open()).isInstanceOf(Opening.Opened.class);

    jar(home.resolve("watcher/azure/target/lib/a.jar"), "");
    assertThat(open())
        .isInstanceOfSatisfying(
            Opening.Missing.class,
            missing -> assertThat(missing.sentence()).contains("not those of this Drainwatch"));

    Properties named = new Properties();
    named.setProperty(AzureLibrary.PROPERTY, home.resolve("azure").toString());
    assertThat(AzureLibrary.open(Map.of(), named)).isInstanceOf(Opening.Opened.class);
  }

  @Test
  void saysWhenTheJarsDoNotGoWithIt() throws Exception {
    jar(home.resolve("azure/a.jar"), "io.drainwatch.NoSuchClass");

    assertThat(open())
        .isInstanceOfSatisfying(
            Opening.Missing.class,
            missing -> assertThat(missing.sentence()).contains("do not go with this Drainwatch"));
  }

  /** Found through a jar that only names it. */
  public static final class OfThisTest implements AzureAccess {
    @Override
    public AzureResources open(AzureSettings settings, java.time.InstantSource clock) {
      return new PlayedAzure();
    }
  }
}

package io.drainwatch.watcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrowserTest {
  @TempDir private Path directory;

  @BeforeEach
  void install() throws IOException {
    for (String name : new String[] {"xdg-open", "open"}) {
      Path program = Files.writeString(directory.resolve(name), "#!/bin/sh\nexit 0\n");
      assertThat(program.toFile().setExecutable(true)).isTrue();
    }
  }

  private Browser on(String system, String... more) {
    Map<String, String> environment =
        more.length == 0
            ? Map.of("PATH", "/nowhere:" + directory)
            : Map.of("PATH", "/nowhere:" + directory, more[0], more[1]);
    return new Browser(environment, system);
  }

  @Test
  void isTheDesktopsOwn() {
    assertThat(on("Linux", "DISPLAY", ":0").program()).contains(directory.resolve("xdg-open"));
    assertThat(on("Linux", "WAYLAND_DISPLAY", "wayland-0").program()).isPresent();
    assertThat(on("Mac OS X").program()).contains(directory.resolve("open"));
  }

  @Test
  void isNoneWithoutAScreenOrAProgram() {
    assertThat(on("Linux").program()).isEmpty();
    assertThat(on("Linux", "DISPLAY", "").program()).isEmpty();
    Browser nothing = new Browser(Map.of("PATH", "/nowhere::", "DISPLAY", ":0"), "Linux");
    assertThat(nothing.program()).isEmpty();
    assertThat(nothing.open(URI.create("http://127.0.0.1:1/"))).isFalse();
  }
}

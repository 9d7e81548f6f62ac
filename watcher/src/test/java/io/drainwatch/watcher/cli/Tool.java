package io.drainwatch.watcher.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drainwatch.drainer.scripts.ScriptFixtures;
import io.drainwatch.watcher.azure.AzureAccess;
import io.drainwatch.watcher.azure.AzureLibrary;
import io.drainwatch.watcher.azure.AzureResources;
import io.drainwatch.watcher.operator.Pause;
import io.drainwatch.watcher.terminal.Size;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * The command line with everything around it made up: a home, a configuration file, hook
 * directories, somebody at the terminal or nobody.
 */
final class Tool {
  /** Nothing listens there: root may, but who would. */
  static final int NOBODYS_PORT = 1;

  private final ScriptFixtures scripts;
  private final Map<String, String> environment = new HashMap<>();
  private final List<Duration> pauses = new CopyOnWriteArrayList<>();
  private Optional<Boolean> answer = Optional.empty();
  private String asked = "";
  private Optional<ScriptModes> modes = Optional.empty();

  private AzureLibrary.Opening azure = new AzureLibrary.Opening.Missing("No Azure here.");

  private volatile Optional<Size> terminal = Optional.empty();
  private Predicate<String> over = printed -> false;

  private Tool(Path directory) {
    scripts = ScriptFixtures.in(directory);
    environment.put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    environment.put("HOME", scripts.root().resolve("home").toString());
  }

  static Tool in(Path directory) {
    return new Tool(directory);
  }

  /** What a command left behind. */
  record Result(int code, String out, String err) {
    JsonNode json() {
      try {
        return new ObjectMapper().readTree(out);
      } catch (IOException e) {
        throw new AssertionError("not JSON: " + out, e);
      }
    }
  }

  ScriptFixtures scripts() {
    return scripts;
  }

  Path stateDirectory() {
    return scripts.root().resolve("state");
  }

  Tool variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Somebody is there and will say this. */
  Tool answering(boolean yes) {
    answer = Optional.of(yes);
    return this;
  }

  /** BOSH and SlipStream mode, instead of what is configured. */
  Tool with(ScriptModes given) {
    modes = Optional.of(given);
    return this;
  }

  /** Azure, instead of nothing. */
  Tool with(AzureResources resources) {
    return withAccess((settings, clock) -> resources);
  }

  Tool withAccess(AzureAccess access) {
    azure = new AzureLibrary.Opening.Opened(access);
    return this;
  }

  /** What is printed goes to a terminal of this size; again, it is resized. */
  Tool onTerminal(int columns, int rows) {
    terminal = Optional.of(new Size(columns, rows));
    return variable("TERM", "xterm");
  }

  /**
   * Whoever watches stops as soon as this was printed.
   *
   * @param enough looked at in each pause of the command, with all that was printed
   */
  Tool until(Predicate<String> enough) {
    over = enough;
    return this;
  }

  String asked() {
    return asked;
  }

  List<Duration> pauses() {
    return List.copyOf(pauses);
  }

  /** A configuration for these places; more lines go below {@code drainwatch:}. */
  Path configuration(int httpPort, String metadata, String... more) {
    String yaml =
        """
        micronaut:
          server:
            port: %d
        drainwatch:
          state-dir: %s
          metadata:
            url: %s
            poll-interval: 200ms
            timeout: 1s
          hooks:
            recall: 1s
            directories: [%s, %s]
        """
            .formatted(httpPort, stateDirectory(), metadata, scripts.operator(), scripts.vendor());
    return file("drainwatch.yml", yaml + String.join("\n", more) + "\n");
  }

  Path configuration() {
    return configuration(NOBODYS_PORT, "http://127.0.0.1:" + NOBODYS_PORT);
  }

  Path file(String name, String text) {
    try {
      return Files.writeString(scripts.root().resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Result run(Object... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    String[] words = new String[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      words[i] = arguments[i].toString();
    }
    int code = CommandLineTool.execute(caller(out, err), words);
    return new Result(code, out.toString(UTF_8), err.toString(UTF_8));
  }

  private Caller caller(ByteArrayOutputStream out, ByteArrayOutputStream err) {
    return new Caller(
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8),
        environment,
        new Properties(),
        InstantSource.system(),
        duration -> {
          pauses.add(duration);
          if (over.test(out.toString(UTF_8))) {
            throw new InterruptedException("nobody looks any more");
          }
          Pause.real().last(Duration.ofMillis(20));
        },
        scripts::safetyCheck,
        configured -> modes.orElseGet(() -> ScriptModes.of(configured)),
        new Caller.Person() {
          @Override
          public boolean isThere() {
            return answer.isPresent();
          }

          @Override
          public boolean agrees(String question) {
            asked = question;
            return answer.orElse(false);
          }
        },
        () -> azure,
        () -> () -> terminal);
  }
}

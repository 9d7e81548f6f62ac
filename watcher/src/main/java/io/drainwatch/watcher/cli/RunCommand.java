package io.drainwatch.watcher.cli;

import io.drainwatch.watcher.DrainwatchApplication;
import io.drainwatch.watcher.ServerStartException;
import io.drainwatch.watcher.configuration.DrainwatchSettings;
import io.drainwatch.watcher.configuration.LoadedSettings;
import io.drainwatch.watcher.configuration.Reading;
import io.drainwatch.watcher.daemon.Surroundings;
import io.drainwatch.watcher.http.ServerSettings;
import io.drainwatch.watcher.record.StateDirectoryException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "run",
    description = {
      "The daemon: watches the scheduled events of this VM, drains, acknowledges, brings back.",
      "SIGTERM stops it within 5 s and cancels nothing: started again, it goes on from its record."
    },
    footer = {
      "",
      "Example: drainwatch run --config /etc/drainwatch/drainwatch.yml",
      "",
      "Exit codes: 0 stopped, 2 wrong arguments, 3 faulty configuration (all faults are named),"
          + " 4 the state directory cannot be used or another daemon has it, 5 the port is in use."
    })
final class RunCommand implements Callable<Integer> {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Default: /etc/drainwatch/drainwatch.yml where it exists, else the defaults of every key")
  private @Nullable Path config;

  @Override
  public Integer call() throws InterruptedException {
    Logging.forTheDaemon();
    Logger log = LoggerFactory.getLogger("drainwatch");
    LoadedSettings loaded =
        LoadedSettings.load(file(config), System.getenv(), System.getProperties());
    switch (loaded.reading()) {
      case Reading.Faults faults -> {
        System.err.println(
            "The configuration has " + faults.faults().size() + " faults. Nothing is watched.");
        System.err.println(faults.message());
        return ExitCode.CONFIGURATION;
      }
      case Reading.Read(DrainwatchSettings settings, List<String> remarks) -> {
        remarks.forEach(remark -> log.warn("configuration: {}", remark));
        return run(settings, log);
      }
    }
  }

  /** The file named; else the usual one where it exists. */
  static Optional<Path> file(@Nullable Path named) {
    if (named != null) {
      return Optional.of(named);
    }
    return Optional.of(LoadedSettings.DEFAULT_FILE).filter(Files::exists);
  }

  private static int run(DrainwatchSettings settings, Logger log) throws InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    try {
      DrainwatchApplication application =
          DrainwatchApplication.start(
              Version.text(),
              ConfiguredDaemon.settings(settings),
              Surroundings.ofThisMachine(),
              new ServerSettings(settings.server().host(), settings.server().port()),
              List.of());
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    log.info("stopping; a maintenance under way goes on with the next start");
                    application.close();
                    stopped.countDown();
                  },
                  "drainwatch-stop"));
      stopped.await();
      return ExitCode.OK;
    } catch (StateDirectoryException e) {
      System.err.println(e.getMessage() + ". Nothing is watched.");
      return ExitCode.STATE_DIRECTORY;
    } catch (ServerStartException e) {
      System.err.println(e.getMessage());
      return ExitCode.PORT;
    }
  }
}

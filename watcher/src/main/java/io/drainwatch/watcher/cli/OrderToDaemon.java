package io.drainwatch.watcher.cli;

import io.drainwatch.watcher.configuration.DrainwatchSettings;
import io.drainwatch.watcher.operator.DaemonAddress;
import io.drainwatch.watcher.operator.DaemonAnswer;
import io.drainwatch.watcher.operator.DaemonCalls;
import io.drainwatch.watcher.operator.OperatorOrder;
import io.drainwatch.watcher.operator.Progress;
import io.drainwatch.watcher.operator.StatusReading;
import io.drainwatch.watcher.operator.TokenReading;
import io.drainwatch.watcher.report.EpisodeStatus;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Gives an order to the daemon and, if that is wanted, follows it to its end. */
final class OrderToDaemon {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  /** A daemon that is started anew meanwhile goes on from its record within a few seconds. */
  private static final int MOST_SILENT_LOOKS = 10;

  private final Caller caller;
  private final boolean json;
  private final Optional<Path> tokenFile;

  OrderToDaemon(Caller caller, boolean json) {
    this(caller, json, Optional.empty());
  }

  /**
   * @param tokenFile empty: the one in the state directory
   */
  OrderToDaemon(Caller caller, boolean json, Optional<Path> tokenFile) {
    this.caller = caller;
    this.json = json;
    this.tokenFile = tokenFile;
  }

  int give(DrainwatchSettings settings, OperatorOrder order, boolean wait, String begun)
      throws InterruptedException {
    URI address =
        DaemonAddress.of(settings.server())
            .orElseThrow(
                () ->
                    new CommandStopped(
                        ExitCode.NO_DAEMON,
                        "micronaut.server.port is -1, so nobody can know the daemon's port: set"
                            + " one."));
    try (DaemonCalls calls = new DaemonCalls(address)) {
      return switch (order.give(calls, token(settings, calls))) {
        case OperatorOrder.Outcome.Taken(StatusReading.FromDaemon status) ->
            wait ? follow(calls, order.aim(), status) : taken(status, begun);
        case OperatorOrder.Outcome.Refused(String sentence) ->
            throw new CommandStopped(ExitCode.FAILED, sentence);
        case OperatorOrder.Outcome.NoDaemon(String sentence) ->
            throw new CommandStopped(ExitCode.NO_DAEMON, sentence);
      };
    }
  }

  /** Without a token there is nothing to ask, but first comes whether there is a daemon. */
  private String token(DrainwatchSettings settings, DaemonCalls calls) {
    TokenReading reading =
        tokenFile
            .map(file -> TokenReading.of(file.toAbsolutePath()))
            .orElseGet(() -> TokenReading.in(settings.stateDir()));
    if (reading instanceof TokenReading.Found(String token)) {
      return token;
    }
    if (calls.get(StatusReading.PATH) instanceof DaemonAnswer.Silent(String why)) {
      throw new CommandStopped(
          ExitCode.NO_DAEMON,
          "The daemon does not answer at " + calls.address() + " (" + why + ").");
    }
    throw new CommandStopped(ExitCode.FAILED, reading.complaint().orElse(""));
  }

  private int taken(StatusReading.FromDaemon status, String begun) {
    if (json) {
      caller.out().println(status.json());
    } else {
      caller.out().println(begun + " See: drainwatch status");
    }
    return ExitCode.OK;
  }

  private int follow(DaemonCalls calls, Progress.Aim aim, StatusReading.FromDaemon first)
      throws InterruptedException {
    // what was done before a resume is no news
    Optional<EpisodeStatus> before =
        aim == Progress.Aim.BACK_IN_SERVICE ? first.status().maintenance() : Optional.empty();
    Optional<String> id = first.status().maintenance().map(EpisodeStatus::id);
    StatusReading.FromDaemon current = first;
    int silent = 0;
    while (true) {
      Progress progress = Progress.between(aim, id.orElse(""), before, current.status());
      if (!json) {
        progress.news().forEach(line -> caller.out().println(Lines.plain(line)));
      }
      if (progress.end().isPresent()) {
        return ended(progress.end().get(), current);
      }
      before = current.status().maintenance();
      caller.pause().last(BETWEEN_LOOKS);
      Optional<StatusReading.FromDaemon> look = look(calls);
      silent = look.isPresent() ? 0 : silent + 1;
      if (silent > MOST_SILENT_LOOKS) {
        throw new CommandStopped(
            ExitCode.NO_DAEMON,
            "The daemon does not answer at "
                + calls.address()
                + " any more; what it had begun goes on when it is started again.");
      }
      current = look.orElse(current);
    }
  }

  private static Optional<StatusReading.FromDaemon> look(DaemonCalls calls) {
    return calls.get(StatusReading.PATH) instanceof DaemonAnswer.Came came && came.isOk()
        ? StatusReading.understood(calls.address(), came.body())
        : Optional.empty();
  }

  private int ended(Progress.End end, StatusReading.FromDaemon status) {
    if (json) {
      caller.out().println(status.json());
    }
    if (!end.reached()) {
      throw new CommandStopped(ExitCode.FAILED, Lines.plain(end.sentence()));
    }
    if (!json) {
      caller.out().println(end.sentence());
    }
    return ExitCode.OK;
  }
}

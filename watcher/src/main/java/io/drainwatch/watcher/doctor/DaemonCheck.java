package io.drainwatch.watcher.doctor;

import io.drainwatch.watcher.doctor.DaemonFacts.Listener;
import java.util.List;

/** Whether the port is there to be had, and whether the daemon does its work. */
final class DaemonCheck {
  private static final String PORT = "http-port";
  private static final String DAEMON = "daemon";

  private DaemonCheck() {}

  static List<Finding> of(DaemonFacts facts, StateFacts state) {
    return List.of(port(facts), daemon(facts, state));
  }

  private static Finding port(DaemonFacts facts) {
    String where = facts.host() + " port " + facts.port();
    if (!facts.hostIsOurs()) {
      return Finding.problem(
          PORT,
          facts.host() + " is no address of this machine",
          "Set micronaut.server.host to one that is, such as 127.0.0.1.");
    }
    if (facts.port() < 1) {
      return Finding.warning(
          PORT,
          "any free one is taken, so that status, drain and resume cannot find the daemon",
          "Set micronaut.server.port.");
    }
    return switch (facts.listener()) {
      case Listener.Nobody nobody -> Finding.ok(PORT, where + " is free");
      case Listener.Drainwatch drainwatch -> Finding.ok(PORT, where + " is held by Drainwatch");
      case Listener.Stranger(String what) ->
          Finding.problem(
              PORT,
              where + " is in use by something else: " + what,
              "Set micronaut.server.port to another, or end that program.");
    };
  }

  private static Finding daemon(DaemonFacts facts, StateFacts state) {
    return switch (facts.listener()) {
      case Listener.Drainwatch(String version, List<String> reasons) when reasons.isEmpty() ->
          Finding.ok(DAEMON, "running and ready, version " + version);
      case Listener.Drainwatch(String version, List<String> reasons) ->
          Finding.problem(
              DAEMON,
              "running, version " + version + ", but not ready: " + String.join("; ", reasons),
              "See drainwatch status, and its log: journalctl -u drainwatch");
      case Listener.Nobody nobody -> notAnswering(state);
      case Listener.Stranger stranger -> notAnswering(state);
    };
  }

  private static Finding notAnswering(StateFacts state) {
    return state.lockedBy().isPresent()
        ? Finding.problem(
            DAEMON,
            "process "
                + state.lockedBy().getAsLong()
                + " has the state directory but does not answer",
            "Does it run with another configuration? If it hangs, restart it: systemctl restart"
                + " drainwatch")
        : Finding.warning(
            DAEMON,
            "not running",
            "Start it: systemctl enable --now drainwatch, or drainwatch run");
  }
}

package io.drainwatch.drainer.context;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs the scripts of {@code config/examples/use-cases} with stand-ins for what they call. */
final class UseCaseRuns {
  private final Path work;
  private final StandIns standIns;

  UseCaseRuns(Path work) throws IOException {
    this.work = work;
    this.standIns = new StandIns(work);
  }

  StandIns standIns() {
    return standIns;
  }

  List<String> calls() throws IOException {
    return standIns.calls();
  }

  /** What C02 exports. */
  Path exported() {
    return work.resolve("west_0.sql");
  }

  Shell.Result asHook(Examples.UseCase useCase, Asked asked) throws Exception {
    Map<String, String> variables = asked.variables();
    List<String> arguments = List.of(variables.get("DRAIN_HOOK"), variables.get("DRAIN_VM_STATE"));
    return run(useCase.script(), arguments, variables);
  }

  Shell.Result asBosh(Examples.UseCase useCase, Asked asked) throws Exception {
    Map<String, String> variables = new HashMap<>(asked.variables());
    Effects effects = asked.effects();
    if (useCase.isPreStop()) {
      variables.put("BOSH_DEPLOYMENT_NEXT_STATE", effects.bosh().deployment().word());
      return run(useCase.script(), List.of(), variables);
    }
    BoshJobStates states = BoshJobStates.of(effects, asked.facts());
    states.present().ifPresent(state -> variables.put("BOSH_JOB_STATE", state));
    states.next().ifPresent(state -> variables.put("BOSH_JOB_NEXT_STATE", state));
    return run(
        useCase.script(),
        List.of(effects.bosh().drainArgument().word(), "hash_unchanged"),
        variables);
  }

  Shell.Result run(String script, List<String> arguments, Map<String, String> variables)
      throws Exception {
    Map<String, String> all = new HashMap<>(variables);
    all.put("PATH", standIns.path());
    all.put("DATA_DIR", "/the data");
    all.put("MOVE_TO", "peer::data");
    all.put("EXPORT_DIR", work.toString());
    all.put("NODE_NAME", "node-0");
    String path = Examples.directory().resolve("use-cases").resolve(script).toString();
    return Shell.execute(Stream.concat(Stream.of(path), arguments.stream()).toList(), all, work);
  }

  /** The commands that a script calls once it has chosen so. */
  static List<String> deed(String script, String choice) {
    return switch (choice) {
      case "skips", "keeps", "stays", "ignores", "leaves" -> List.of();
      case "drains" ->
          List.of(
              script.equals("skip-drain")
                  ? "nodetool drain"
                  : "kubectl drain node-0 --ignore-daemonsets --delete-emptydir-data --timeout=837s");
      case "exports" -> List.of("pg_dumpall ");
      case "moves" -> List.of("rsync -a -- /the data/ peer::data/west_0/");
      case "waits" -> List.of("replica-count ");
      case "saves" -> List.of("redis-cli save");
      case "deregisters" -> List.of("etcdctl member list", "etcdctl member remove a0");
      default -> throw new IllegalArgumentException(script + " has no choice " + choice);
    };
  }
}

package io.drainwatch.watcher.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "get",
    description = {
      "Prints one member of the drain context, inside a hook.",
      "Reads $DRAIN_CONTEXT_FILE, else $DRAIN_CONTEXT. A text is printed as it is, anything else as"
          + " JSON."
    },
    footer = {
      "",
      "Example: drainwatch context get .vm.recreated",
      "         drainwatch context get .disks[0].name",
      "         drainwatch context get .",
      "",
      "Exit codes: 0 printed, 1 there is no such member, or no context, 2 that is no path."
    })
final class ContextGetCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "MEMBER",
      description = "Such as .event.type or .affected_vms[0].name; . is everything")
  private String member = "";

  private final Caller caller;

  ContextGetCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() {
    return new ContextGet(caller.environment(), caller.out(), caller.err()).print(member);
  }
}

package io.drainwatch.watcher.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "version",
    description = "Says which Drainwatch this is, of which commit, and on which Java it runs.",
    footer = {"", "Example: drainwatch version --output json", "", "Exit codes: 0 done."})
final class VersionCommand implements Callable<Integer> {
  @Mixin private OutputOption output = new OutputOption();

  private final Caller caller;

  VersionCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() {
    if (output.isJson()) {
      caller
          .out()
          .println(
              JsonNodeFactory.instance
                  .objectNode()
                  .put("version", Version.text())
                  .put("commit", Version.commit())
                  .put("java", Version.java()));
    } else {
      caller.out().println("drainwatch " + Version.text());
      caller.out().println("commit " + Version.commit());
      caller.out().println("Java " + Version.java());
    }
    return ExitCode.OK;
  }
}

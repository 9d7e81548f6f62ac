package io.drainwatch.watcher.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drainwatch.drainer.context.ContextMember;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Called from hooks, perhaps many times in the 30 s before an eviction: nothing that is slow to
 * load may be mentioned here.
 */
@Command(
    name = "get",
    description = {
      "Prints one member of the drain context, inside a hook: from $DRAIN_CONTEXT_FILE, else from",
      "$DRAIN_CONTEXT. A text as it is, anything else as JSON."
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
  @Spec private @Nullable CommandSpec spec;

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
    Optional<String> found;
    try {
      found = ContextMember.get(context(), member);
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      if (spec == null) {
        throw e;
      }
      throw new ParameterException(spec.commandLine(), message);
    }
    if (found.isEmpty()) {
      throw new CommandStopped(ExitCode.FAILED, "The drain context has no " + member + ".");
    }
    caller.out().println(found.get());
    return ExitCode.OK;
  }

  private JsonNode context() {
    String file = caller.environment().getOrDefault("DRAIN_CONTEXT_FILE", "");
    String inline = caller.environment().getOrDefault("DRAIN_CONTEXT", "");
    if (file.isEmpty() && inline.isEmpty()) {
      throw new CommandStopped(
          ExitCode.FAILED,
          "Neither DRAIN_CONTEXT_FILE nor DRAIN_CONTEXT is set: this works inside a hook only.");
    }
    return parsed(file.isEmpty() ? inline : text(file, inline), file);
  }

  /** A file that is gone is no harm while the same bytes are in the variable. */
  private static String text(String file, String inline) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException | InvalidPathException e) {
      if (!inline.isEmpty()) {
        return inline;
      }
      throw new CommandStopped(
          ExitCode.FAILED, "DRAIN_CONTEXT_FILE cannot be read, " + file + ": " + e + ".");
    }
  }

  private static JsonNode parsed(String json, String file) {
    try {
      return new ObjectMapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new CommandStopped(
          ExitCode.FAILED,
          "The drain context in "
              + (file.isEmpty() ? "DRAIN_CONTEXT" : file)
              + " is no JSON: "
              + e.getOriginalMessage()
              + ".");
    }
  }
}

package io.drainwatch.watcher.cli;

import picocli.CommandLine.Option;

/** {@code --output}, for the commands that print facts. */
final class OutputOption {
  @Option(names = "--output", paramLabel = "FORM", description = "text or json. Default: text")
  private Output output = Output.text;

  boolean isJson() {
    return output == Output.json;
  }
}

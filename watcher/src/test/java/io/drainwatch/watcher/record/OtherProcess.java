package io.drainwatch.watcher.record;

import static io.drainwatch.watcher.record.Records.AT;
import static io.drainwatch.watcher.record.Records.record;

import io.drainwatch.watcher.record.AppendResult.Appended;
import io.drainwatch.watcher.record.AppendResult.NotAppended;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A second JVM for tests of what only another process shows. {@code hold <dir>}: opens the
 * directory, says so, and keeps it until its input ends. {@code fill <dir>}: appends until it is
 * refused, and says how often it was not.
 */
final class OtherProcess {
  private OtherProcess() {}

  public static void main(String[] arguments) throws Exception {
    try (StateDirectory state = StateDirectory.open(Path.of(arguments[1]))) {
      if (arguments[0].equals("hold")) {
        System.out.println("held");
        System.in.readAllBytes();
        return;
      }
      Journal journal = Journal.open(state).journal();
      int n = 1;
      AppendResult result = journal.append(record(n), AT);
      while (result instanceof Appended && n < 100_000) {
        result = journal.append(record(++n), AT);
      }
      System.out.println(n - 1);
      System.out.println(result instanceof NotAppended not ? not.reason() : "never refused");
    } catch (StateDirectoryException e) {
      System.out.println(e.getMessage());
    }
  }

  static Process start(List<String> before, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-Xshare:auto", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:-UsePerfData", "-cp"));
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(OtherProcess.class.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}

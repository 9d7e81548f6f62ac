package io.drainwatch.watcher.http;

import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.watcher.daemon.Daemon;
import io.drainwatch.watcher.report.MaintenanceStatus;
import io.drainwatch.watcher.report.OperatorAnswers;
import io.drainwatch.watcher.report.StatusJson;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commands of an operator, the same path as an event. 202 with the status: what was asked for
 * has begun; 409: the core refuses, nothing was changed. {@link TokenFilter} stands before this.
 */
@Requires(beans = Daemon.class)
@Controller(value = "/maintenance", produces = MediaType.APPLICATION_JSON)
@Consumes(MediaType.ALL)
final class OperatorController {
  private static final Logger LOG = LoggerFactory.getLogger(OperatorController.class);

  /** Of a command for this VM; a list of others may be longer. */
  private static final int LONGEST_COMMAND = 16 * 1024;

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final Daemon daemon;
  private final Reporting reporting;

  OperatorController(Daemon daemon, Reporting reporting) {
    this.daemon = daemon;
    this.reporting = reporting;
  }

  @Post("/drain")
  CompletionStage<HttpResponse<String>> drain(@Body @Nullable String body) {
    DrainRequest asked = DrainRequest.read(textOf(body));
    String id = UUID.randomUUID().toString();
    LOG.info("an operator asks for a drain as for {}, request {}", asked.type(), id);
    return report("drain", new Observation.OperatorDrain(id, asked.type(), asked.within()));
  }

  @Post("/resume")
  CompletionStage<HttpResponse<String>> resume(@Body @Nullable String body) {
    DrainRequest.refuseContent(textOf(body));
    LOG.info("an operator asks to resume");
    return report("resume", new Observation.OperatorResume());
  }

  /** Who is in the group of this VM, from whoever can see the others: all of them, or nothing. */
  @Post("/group")
  CompletionStage<HttpResponse<String>> group(@Body @Nullable String body) {
    GroupRequest told = GroupRequest.read(body == null ? "" : body);
    if (daemon.seesItsGroup()) {
      throw told.refused(
          "group_is_seen",
          "the daemon learns from the cluster's Nodes who is in its group"
              + " (kubernetes.other-nodes), and two who tell would contradict each other");
    }
    daemon
        .watch()
        .machine()
        .filter(self -> !told.names(self.vmName()))
        .ifPresent(
            self -> {
              throw told.refused(
                  "another_group",
                  "this VM, "
                      + self.vmName()
                      + ", is not in the list, so it is another group's or not whole");
            });
    return report("group", new Observation.GroupSeen(told.members()));
  }

  private static String textOf(@Nullable String body) {
    String text = body == null ? "" : body;
    if (text.length() > LONGEST_COMMAND) {
      throw new RequestRefused(
          HttpStatus.REQUEST_ENTITY_TOO_LARGE, "read the command", "it is too long");
    }
    return text;
  }

  private CompletionStage<HttpResponse<String>> report(String what, Observation command) {
    return reporting
        .answers()
        .ask(command, daemon::report, LONGEST_WAIT)
        // not on the folding thread, which gives the answer
        .thenApplyAsync(answer -> answer(what, answer), reporting.thread()::execute);
  }

  private HttpResponse<String> answer(String what, OperatorAnswers.Answer answer) {
    return switch (answer) {
      case OperatorAnswers.Answer.Taken(var watch) ->
          HttpResponse.<String>status(HttpStatus.ACCEPTED)
              .body(
                  StatusJson.write(
                      MaintenanceStatus.of(
                          reporting.version(),
                          watch,
                          daemon::whyNotAcknowledged,
                          Optional.of(daemon.metadata()),
                          daemon.diskFault(),
                          reporting.clock().instant())));
      case OperatorAnswers.Answer.Refused(String reason, String detail) ->
          HttpResponse.<String>status(HttpStatus.CONFLICT)
              .body(StatusJson.write(new ErrorBody(what, detail, Optional.of(reason), List.of())));
      case OperatorAnswers.Answer.NotYet(Duration waited) ->
          HttpResponse.<String>status(HttpStatus.SERVICE_UNAVAILABLE)
              .body(
                  StatusJson.write(
                      new ErrorBody(
                          what,
                          "not taken in within "
                              + waited.toSeconds()
                              + " s; it may be later, so look at the status before another try")));
    };
  }
}

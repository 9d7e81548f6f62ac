package io.drainwatch.watcher.doctor;

import io.drainwatch.watcher.events.Identity;
import io.drainwatch.watcher.events.PollResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Whether the metadata service can be reached, and how it answers. */
final class MetadataCheck {
  private static final String SERVICE = "metadata-service";
  private static final String EVENTS = "scheduled-events";
  private static final Duration SLOW = Duration.ofSeconds(2);

  private MetadataCheck() {}

  static List<Finding> of(MetadataFacts facts) {
    List<Finding> findings = new ArrayList<>();
    if (facts.needsRoute()) {
      findings.add(route(facts));
    }
    findings.add(service(facts));
    facts.poll().ifPresent(poll -> findings.add(events(facts, poll)));
    if (!facts.proxyVariables().isEmpty()) {
      findings.add(
          Finding.ok(
              "proxy",
              String.join(", ", facts.proxyVariables())
                  + " not obeyed for the metadata service, as it must be"));
    }
    return findings;
  }

  private static Finding route(MetadataFacts facts) {
    String host = facts.base().getHost();
    return facts
        .route()
        .map(name -> Finding.ok("route", host + " is reached through " + name))
        .orElseGet(
            () ->
                Finding.problem(
                    "route",
                    "there is no route to " + host,
                    "It goes through the VM's primary network interface; in a container the host's"
                        + " network is needed."));
  }

  private static Finding service(MetadataFacts facts) {
    return switch (facts.identity()) {
      case Identity.Found found ->
          facts.identityTook().compareTo(SLOW) > 0
              ? Finding.warning(
                  SERVICE,
                  facts.base() + " answers, but only after " + milliseconds(facts.identityTook()),
                  "Look for what is between; it is on the same host.")
              : Finding.ok(
                  SERVICE, facts.base() + " answers in " + milliseconds(facts.identityTook()));
      case Identity.Failed failed when failed.status().isPresent() ->
          Finding.problem(
              SERVICE,
              failed.message(),
              "Something answers there, but not as the metadata service of Azure does.");
      case Identity.Failed failed ->
          Finding.problem(SERVICE, silence(facts), adviceForSilence(facts));
    };
  }

  private static String silence(MetadataFacts facts) {
    String text = "nothing answers at " + facts.base();
    return facts
        .isAzure()
        .map(
            azure ->
                azure
                    ? text + ", although this is a VM of Azure"
                    : text + ": by its firmware this is no VM of Azure")
        .orElse(text + ": is this a VM of Azure?");
  }

  private static String adviceForSilence(MetadataFacts facts) {
    return facts.isAzure().orElse(false)
        ? "Look at routes and firewall for "
            + facts.base().getHost()
            + " port 80; a proxy or a network policy must not be in the way."
        : "Drainwatch does its work on Azure only; drainwatch rehearse shows it anywhere.";
  }

  private static Finding events(MetadataFacts facts, MetadataFacts.Polled poll) {
    String took = "first answer after " + milliseconds(poll.took());
    return switch (poll.result()) {
      case PollResult.Valid valid ->
          Finding.ok(EVENTS, took + ", version " + facts.status().version());
      case PollResult.Empty empty ->
          Finding.ok(
              EVENTS,
              took
                  + ", version "
                  + facts.status().version()
                  + ", without a body, as some clusters do when nothing is pending");
      case PollResult.Failed failed when failed.status().isEmpty() ->
          Finding.warning(
              EVENTS,
              "no answer within " + milliseconds(poll.took()),
              "The first question of a VM switches the service on, which takes up to 2 minutes: try"
                  + " again then, or with --patience 150s.");
      case PollResult.Failed failed ->
          Finding.problem(EVENTS, failed.message(), "See the message; then try again.");
    };
  }

  private static String milliseconds(Duration time) {
    return time.toMillis() + " ms";
  }
}

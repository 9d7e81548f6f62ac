package io.drainwatch.watcher.daemon;

import io.drainwatch.drainer.context.ContextMapping;
import io.drainwatch.drainer.context.ContextQuestion;
import io.drainwatch.drainer.context.ContextSettings;
import io.drainwatch.drainer.context.DrainContext;
import io.drainwatch.drainer.context.DrainContextJson;
import io.drainwatch.drainer.context.DrainVariables;
import io.drainwatch.drainer.context.Effects;
import io.drainwatch.drainer.context.EventColumn;
import io.drainwatch.drainer.context.VmFacts;
import io.drainwatch.drainer.context.WebdevopsVariables;
import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Document;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.Removal;
import io.drainwatch.drainer.maintenance.TrackedEvent;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.drainer.scripts.ContextFile;
import io.drainwatch.drainer.tracing.TraceParent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What each call is told: the drain context of the episode or of a removed peer, as JSON, as a file
 * and as variables.
 */
final class Occasions implements SlipStreamScripts.EffectsOf {
  private static final Logger LOG = LoggerFactory.getLogger(Occasions.class);

  private final ContextFile contextFile;
  private final Supplier<ContextSettings> settings;
  private final boolean webdevops;
  private final boolean traceParent;
  private final Supplier<VmFacts> facts;
  private final InstantSource clock;

  /**
   * @param settings asked for each call: the BOSH jobs in it may have changed
   */
  Occasions(
      ContextFile contextFile,
      Supplier<ContextSettings> settings,
      boolean webdevops,
      boolean traceParent,
      Supplier<VmFacts> facts,
      InstantSource clock) {
    this.contextFile = contextFile;
    this.settings = settings;
    this.webdevops = webdevops;
    this.traceParent = traceParent;
    this.facts = facts;
    this.clock = clock;
  }

  /** Writes the context file. Empty: what the script was for is no longer there. */
  Optional<CallOccasion> of(
      Action.RunScript run, FoundScript script, Watch watch, Instant startedAt) {
    if (run.hook() == Hook.PEER_ADDED) {
      return watch.peers().removal().map(added -> added(run, script, added));
    }
    return question(run, script.peer(), watch, startedAt)
        .map(
            question -> {
              VmFacts vm = vm(script.peer());
              ContextSettings now = settings.get();
              DrainContext context = ContextMapping.map(question, vm, now);
              byte[] json = DrainContextJson.write(context);
              return new CallOccasion(
                  run,
                  context.id(),
                  context.vm().disposition().word(),
                  json,
                  variables(run.hook(), script, context, json, startedAt, now),
                  otherVariables(run, script, watch, context, now),
                  ContextMapping.effects(question, vm, now),
                  vm,
                  question.occasion().event().resources());
            });
  }

  private Map<String, String> otherVariables(
      Action.RunScript run,
      FoundScript script,
      Watch watch,
      DrainContext context,
      ContextSettings now) {
    Map<String, String> variables = new HashMap<>();
    if (webdevops) {
      variables.putAll(WebdevopsVariables.of(context, now.maximumInlineBytes()));
    }
    // what a peer's script does belongs to no maintenance of this VM
    if (traceParent && script.peer().isEmpty()) {
      watch
          .episode()
          .ifPresent(
              episode ->
                  variables.put(
                      TraceParent.VARIABLE,
                      TraceParent.of(episode.id(), run.hook(), run.script())));
    }
    return variables;
  }

  // There is no event, so no context and none of its variables: the VM is all there is to tell.
  private CallOccasion added(Action.RunScript run, FoundScript script, Removal added) {
    VmFacts vm = vm(script.peer());
    return new CallOccasion(
        run,
        added.of().event().id() + "/" + vm.name(),
        vm.name(),
        new byte[0],
        Map.of(),
        Map.of(),
        Effects.of(EventColumn.of(added.of().event(), false, vm), vm, settings.get()),
        vm,
        added.of().vms());
  }

  /** Writes the context file of a running script anew. */
  void refresh(Action.RunScript asked, FoundScript script, Watch watch, Instant startedAt) {
    question(asked, script.peer(), watch, startedAt)
        .map(question -> ContextMapping.map(question, vm(script.peer()), settings.get()))
        .map(DrainContextJson::write)
        .ifPresent(
            json -> {
              if (contextFile.write(asked.hook(), script.file(), json)
                  instanceof ContextFile.Written.Not(String why)) {
                LOG.warn(
                    "the context of {}/{} is not refreshed: {}",
                    asked.hook().word(),
                    asked.script(),
                    why);
              }
            });
  }

  @Override
  public Effects episode(Watch watch) {
    TrackedEvent leading =
        watch
            .episode()
            .orElseThrow(() -> new IllegalStateException("there is no episode"))
            .leading();
    VmFacts vm = facts.get();
    return Effects.of(
        EventColumn.of(leading.event(), leading.firstSeenAsStarted(), vm), vm, settings.get());
  }

  @Override
  public Effects removal(Watch watch) {
    var removal =
        watch.peers().removal().orElseThrow(() -> new IllegalStateException("nobody was removed"));
    VmFacts unknown = Poller.nothingButTheName(facts.get().name());
    return Effects.of(
        EventColumn.of(removal.of().event(), false, unknown), unknown, settings.get());
  }

  private Optional<ContextQuestion> question(
      Action.RunScript run, Optional<String> peer, Watch watch, Instant startedAt) {
    Optional<OptionalLong> incarnation = watch.newest().map(Document::incarnation);
    String self = facts.get().name();
    Instant now = clock.instant();
    if (peer.isPresent()) {
      return watch
          .peers()
          .removal()
          .filter(removal -> removal.hook().hook() == run.hook())
          .map(
              removal ->
                  PeerQuestion.about(
                      removal.of(), peer.get(), run, incarnation, startedAt, now, self));
    }
    return watch
        .episode()
        .map(episode -> EpisodeQuestion.about(episode, run, incarnation, startedAt, now, self));
  }

  // of a peer nothing is known but what the event says
  private VmFacts vm(Optional<String> peer) {
    return peer.map(Poller::nothingButTheName).orElseGet(facts);
  }

  private Map<String, String> variables(
      Hook hook,
      FoundScript script,
      DrainContext context,
      byte[] json,
      Instant startedAt,
      ContextSettings now) {
    Optional<String> file =
        switch (contextFile.write(hook, script.file(), json)) {
          case ContextFile.Written.To(var at) -> Optional.of(at.toString());
          case ContextFile.Written.Not(String why) -> {
            LOG.warn(
                "{}/{} runs without DRAIN_CONTEXT_FILE: {}",
                hook.word(),
                script.planned().name(),
                why);
            yield Optional.empty();
          }
        };
    return DrainVariables.of(context, file, startedAt, now.maximumInlineBytes());
  }
}

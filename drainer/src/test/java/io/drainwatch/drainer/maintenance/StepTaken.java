package io.drainwatch.drainer.maintenance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.drainer.record.EpisodeJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A step that the core took, and what it would have been with one thing in it made wrong. */
record StepTaken(
    Watch before,
    Observation observation,
    Transition step,
    LifecycleSettings settings,
    Instant now) {

  /** The invariants that are seen to be broken. */
  Set<String> broken() {
    Set<String> names = new TreeSet<>();
    Invariants.brokenBy(before, observation, step, settings, now)
        .forEach(each -> names.add(each.invariant()));
    return names;
  }

  boolean does(Predicate<Action> what) {
    return step.actions().stream().anyMatch(what);
  }

  StepTaken observing(Observation other) {
    return new StepTaken(before, other, step, settings, now);
  }

  StepTaken under(DryRun dryRun) {
    return new StepTaken(before, observation, step, settings.withDryRun(dryRun), now);
  }

  StepTaken earlier(Duration by) {
    return new StepTaken(before, observation, step, settings, now.minus(by));
  }

  StepTaken at(Instant moment) {
    return new StepTaken(before, observation, step, settings, moment);
  }

  StepTaken before(Watch other) {
    return new StepTaken(other, observation, step, settings, now);
  }

  StepTaken after(Watch other) {
    return new StepTaken(before, observation, new Transition(other, step.actions()), settings, now);
  }

  StepTaken doing(Action... actions) {
    return new StepTaken(
        before, observation, new Transition(step.watch(), List.of(actions)), settings, now);
  }

  StepTaken doingAlso(Action action) {
    List<Action> all = new ArrayList<>(step.actions());
    all.add(action);
    return doing(all.toArray(Action[]::new));
  }

  /** The record as it was is edited, by the names of its fields. */
  StepTaken episodeBefore(Consumer<ObjectNode> edit) {
    return before(Watches.episode(before, before.episode().map(each -> edited(each, edit))));
  }

  /** The record as it is after the step. */
  StepTaken episodeAfter(Consumer<ObjectNode> edit) {
    return after(
        Watches.episode(step.watch(), step.watch().episode().map(each -> edited(each, edit))));
  }

  StepTaken droppingTheEpisode() {
    return after(Watches.episode(step.watch(), Optional.empty()));
  }

  StepTaken readingLast(Document document) {
    return after(step.watch().reading(document));
  }

  static Episode edited(Episode episode, Consumer<ObjectNode> edit) {
    ObjectNode node = EpisodeJson.write(episode);
    edit.accept(node);
    return switch (EpisodeJson.read(node)) {
      case EpisodeJson.Reading.Read(Episode read) -> read;
      case EpisodeJson.Reading.Unreadable(String why) -> throw new AssertionError(why);
    };
  }

  /** Of its events the first. */
  static ObjectNode event(ObjectNode episode) {
    return (ObjectNode) episode.withArray("events").get(0);
  }

  static Instant moment(JsonNode node) {
    return Instant.parse(node.asText());
  }
}

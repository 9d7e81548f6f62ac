package io.drainwatch.drainer.relay;

import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.PlannedScript;
import io.drainwatch.drainer.nodes.ObservationNote;
import io.drainwatch.drainer.nodes.ObservationNote.HookNote;
import io.drainwatch.drainer.nodes.ObservationNote.HookOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The hooks that the watcher runs and the drainer waits for. For the drainer's core each hook is
 * one script.
 *
 * @param waiting attempts that have no result yet
 * @param counted the result that the last attempt ended with: the next one waits for another
 */
public record HookBook(Map<Hook, Integer> waiting, Map<Hook, HookNote> counted) {
  /** The script that stands for all that the watcher runs for a hook. */
  public static final String SCRIPT = "node";

  public static final HookBook EMPTY = new HookBook(Map.of(), Map.of());

  public HookBook {
    waiting = Map.copyOf(waiting);
    counted = Map.copyOf(counted);
  }

  /** A result that has come. */
  public record Result(Hook hook, int attempt, boolean succeeded) {}

  /**
   * What the core is told of a hook: one script, or none on this machine. The uncordon hook is the
   * machine's alone: it runs once the Node is given back, and nothing here waits for it.
   */
  public static List<List<PlannedScript>> listing(
      Hook hook, Optional<ObservationNote> note, Episode episode) {
    return hook.isOfPeers() || hook == Hook.UNCORDON || newest(hook, note, episode).isEmpty()
        ? List.of()
        : List.of(List.of(PlannedScript.runs(SCRIPT)));
  }

  public HookBook asked(Hook hook, int attempt) {
    Map<Hook, Integer> more = copy(waiting);
    more.put(hook, attempt);
    return new HookBook(more, counted);
  }

  public Optional<Integer> attempt(Hook hook) {
    return Optional.ofNullable(waiting.get(hook));
  }

  /** Nobody waits for it any more. */
  public HookBook without(Hook hook) {
    Map<Hook, Integer> fewer = copy(waiting);
    fewer.remove(hook);
    return new HookBook(fewer, counted);
  }

  /** What the note says about attempts that wait. */
  public List<Result> results(Optional<ObservationNote> note, Episode episode) {
    List<Result> out = new ArrayList<>();
    waiting.forEach(
        (hook, attempt) ->
            newest(hook, note, episode)
                .filter(HookBook::isOver)
                .filter(each -> !each.equals(counted.get(hook)))
                .ifPresent(
                    each ->
                        out.add(
                            new Result(hook, attempt, each.outcome() == HookOutcome.SUCCEEDED))));
    return out;
  }

  /** The result is taken: a further attempt needs another one. */
  public HookBook counted(Result result, Optional<ObservationNote> note, Episode episode) {
    Map<Hook, HookNote> more = counted.isEmpty() ? new EnumMap<>(Hook.class) : copy(counted);
    newest(result.hook(), note, episode).ifPresent(each -> more.put(result.hook(), each));
    return new HookBook(without(result.hook()).waiting, more);
  }

  private static boolean isOver(HookNote note) {
    return note.outcome() == HookOutcome.SUCCEEDED || note.outcome() == HookOutcome.FAILED;
  }

  private static Optional<HookNote> newest(
      Hook hook, Optional<ObservationNote> note, Episode episode) {
    return note.map(ObservationNote::hooks).orElse(List.of()).stream()
        .filter(each -> each.hook().equals(hook.word()) && isOf(each, episode))
        .reduce((first, second) -> second.at().isBefore(first.at()) ? first : second);
  }

  // The watcher may have begun its episode with another of the same events than we did.
  private static boolean isOf(HookNote note, Episode episode) {
    return Stream.concat(
            Stream.of(episode.id()),
            episode.events().stream()
                .map(each -> each.event().id() + "/" + episode.machine().vmName()))
        .map(HookBook::asNoted)
        .anyMatch(id -> isOrRepeats(note.episode(), id));
  }

  // an episode that took over from another of the same event carries a number behind its id
  private static boolean isOrRepeats(String noted, String id) {
    return noted.equalsIgnoreCase(id)
        || (noted.regionMatches(true, 0, id + "/", 0, id.length() + 1)
            && noted.substring(id.length() + 1).chars().allMatch(Character::isDigit));
  }

  private static String asNoted(String id) {
    return new HookNote(id, "", HookOutcome.PLANNED, Instant.EPOCH, "").episode(); // may be cut
  }

  private static <T> Map<Hook, T> copy(Map<Hook, T> map) {
    Map<Hook, T> out = new EnumMap<>(Hook.class);
    out.putAll(map);
    return out;
  }
}

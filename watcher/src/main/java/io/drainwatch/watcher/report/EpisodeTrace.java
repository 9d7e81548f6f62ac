package io.drainwatch.watcher.report;

import io.drainwatch.drainer.maintenance.Hook;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the record does not keep and somebody who looks wants to see: the last lines that each
 * script printed, how its last call ended, and what was said. Of the newest maintenance only, in
 * memory, bounded; a daemon that is started anew begins with nothing. Takes turns: scripts' threads
 * and the folding thread write, whoever looks reads.
 */
public final class EpisodeTrace implements MaintenanceFeed.Listener {
  /** Kept of each script. */
  public static final int MOST_LINES = 20;

  static final int LONGEST_LINE = 400;

  /** With the longest lines that is 320,000 characters. */
  static final int MOST_SCRIPTS = 40;

  static final int MOST_NOTICES = 30;

  /**
   * All that is kept.
   *
   * @param scripts in the order in which they began
   * @param notices what an operator should know, newest first
   */
  public record Seen(List<ScriptTrace> scripts, List<Happening.Notice> notices) {
    public static final Seen NOTHING = new Seen(List.of(), List.of());

    public Seen {
      scripts = List.copyOf(scripts);
      notices = List.copyOf(notices);
    }

    public Optional<ScriptTrace> of(String hook, String script) {
      return scripts.stream()
          .filter(each -> each.hook().equals(hook) && each.script().equals(script))
          .findFirst();
    }
  }

  /**
   * One script.
   *
   * @param lines the last that it printed, in all of its calls
   * @param before how many more it printed before these
   * @param last how its newest call ended; empty: none has yet
   */
  public record ScriptTrace(
      String hook,
      String script,
      List<String> lines,
      long before,
      Optional<Happening.ScriptEnded> last) {
    public ScriptTrace {
      lines = List.copyOf(lines);
    }
  }

  private record Key(String hook, String script) {}

  private static final class Kept {
    private final Deque<String> lines = new ArrayDeque<>();
    private long before;
    private Optional<Happening.ScriptEnded> last = Optional.empty();

    void add(String line) {
      if (lines.size() == MOST_LINES) {
        lines.removeFirst();
        before++;
      }
      lines.addLast(line);
    }
  }

  private final Map<Key, Kept> scripts = new LinkedHashMap<>();
  private final Deque<Happening.Notice> notices = new ArrayDeque<>();
  private String episode = "";

  @Override
  public synchronized void happened(Happening happening) {
    switch (happening) {
      case Happening.Transition(var at, String of, String state) -> begin(of);
      case Happening.Notice notice -> {
        begin(notice.episode());
        if (notices.size() == MOST_NOTICES) {
          notices.removeLast();
        }
        notices.addFirst(notice);
      }
      case Happening.ScriptStarted started -> kept(started.hook(), started.script());
      case Happening.ScriptEnded ended ->
          kept(ended.hook(), ended.script()).ifPresent(script -> script.last = Optional.of(ended));
      case Happening.Acknowledgement ignored -> {}
      case Happening.Ended ignored -> {}
    }
  }

  synchronized void said(Hook hook, String script, String line) {
    kept(hook.word(), script)
        .ifPresent(
            kept ->
                kept.add(
                    line.length() > LONGEST_LINE
                        ? line.substring(0, LONGEST_LINE) + " [cut]"
                        : line));
  }

  /** Another maintenance: what was before is history. What is said in between belongs to none. */
  private void begin(String of) {
    if (of.equals(episode) || of.equals(MaintenanceFeed.NO_EPISODE)) {
      return;
    }
    if (!episode.isEmpty()) { // else the daemon has just started in mid-maintenance
      scripts.clear();
      notices.clear();
    }
    episode = of;
  }

  private Optional<Kept> kept(String hook, String script) {
    Key key = new Key(hook, script);
    if (!scripts.containsKey(key) && scripts.size() == MOST_SCRIPTS) {
      return Optional.empty();
    }
    return Optional.of(scripts.computeIfAbsent(key, any -> new Kept()));
  }

  public synchronized Seen seen() {
    List<ScriptTrace> all = new ArrayList<>();
    scripts.forEach(
        (key, kept) ->
            all.add(
                new ScriptTrace(
                    key.hook(), key.script(), List.copyOf(kept.lines), kept.before, kept.last)));
    return new Seen(all, List.copyOf(notices));
  }
}

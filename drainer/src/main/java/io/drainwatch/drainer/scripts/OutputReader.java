package io.drainwatch.drainer.scripts;

import io.drainwatch.drainer.scripts.ScriptOutput.Source;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what all scripts print, on one thread: it waits for any of the pipes with {@code poll(2)}.
 * A thread of the platform for each stream would be two per script, blocked for as long as the
 * script waits; a virtual thread would hold one of the platform as well, as the JDK knows pipes
 * only as files.
 *
 * <p>The thread is there while there is something to read. Whoever adds a stream or wants it
 * emptied rings a bell, a pipe that is polled with the others.
 */
final class OutputReader {

  private static final Logger LOG = LoggerFactory.getLogger(OutputReader.class);

  /** The JDK's own threads for processes are one per process too: one of ours for all is enough. */
  private static final OutputReader OF_PROCESS = new OutputReader();

  /** What a pipe may hold at most, unless somebody is privileged to ask for more. */
  private static final long MOST_IN_A_PIPE = 1024 * 1024;

  private static final long NOT_SO_FAST = TimeUnit.MILLISECONDS.toNanos(10);

  /** Guards all that follows; never held while a stream is read or passed on. */
  private final Object lock = new Object();

  private final List<Reading> arriving = new ArrayList<>();
  private Optional<SystemCalls.Pipe> bell = Optional.empty();
  private boolean running;

  static OutputReader ofProcess() {
    return OF_PROCESS;
  }

  /** To be called before a script is started: what can fail, fails here. */
  void prepare() throws IOException {
    synchronized (lock) {
      if (bell.isEmpty()) {
        bell = Optional.of(SystemCalls.pipe());
      }
    }
  }

  /**
   * Reads from that descriptor until its last writer has closed it, and then closes it; passes on
   * all that comes. Cannot fail after {@link #prepare}.
   */
  Reading read(int descriptor, Source source, ScriptOutput output) {
    Reading reading = new Reading(descriptor, source, output);
    synchronized (lock) {
      arriving.add(reading);
      if (running) {
        ring();
      } else {
        running = true;
        Thread unused = Thread.ofPlatform().daemon().name("script-output").start(() -> run(bell()));
      }
    }
    return reading;
  }

  private SystemCalls.Pipe bell() {
    synchronized (lock) {
      return bell.orElseThrow(() -> new IllegalStateException("nothing is prepared"));
    }
  }

  private void ring() {
    SystemCalls.writeByte(bell().writeEnd());
  }

  /** Goes on until there is no stream left. */
  private void run(SystemCalls.Pipe rung) {
    List<Reading> open = new ArrayList<>();
    boolean broken = true;
    try (Arena arena = Arena.ofConfined()) {
      PollSet polled = new PollSet(arena);
      while (goesOn(open)) {
        polled.clear();
        polled.add(rung.readEnd());
        open.forEach(reading -> polled.add(reading.descriptor));
        if (!polled.await()) {
          LockSupport.parkNanos(NOT_SO_FAST); // interrupted by a signal, or something is wrong
          continue;
        }
        if (polled.isReady(0)) {
          int unused = polled.read(rung.readEnd()).length();
        }
        for (int i = 0; i < open.size(); i++) {
          if (polled.isReady(i + 1)) {
            open.get(i).readOnce(polled);
          }
        }
        open.forEach(reading -> reading.emptyIfAsked(polled));
        open.removeIf(reading -> reading.ended);
      }
      broken = false;
    } finally {
      if (broken) {
        abandon(open);
      }
    }
  }

  /** After a bug: nobody waits for what will not come, and the next scripts can be read. */
  private void abandon(List<Reading> open) {
    synchronized (lock) {
      open.addAll(arriving);
      arriving.clear();
      running = false;
    }
    open.forEach(Reading::end);
  }

  private boolean goesOn(List<Reading> open) {
    synchronized (lock) {
      open.addAll(arriving);
      arriving.clear();
      running = !open.isEmpty();
      return running;
    }
  }

  /** One stream of one script. All but the asking is done by the reader's thread. */
  final class Reading {
    private final int descriptor;
    private final Source source;
    private final ScriptOutput output;
    private final List<CountDownLatch> asked = new ArrayList<>(); // guarded by lock
    private volatile boolean ended;

    private Reading(int descriptor, Source source, ScriptOutput output) {
      this.descriptor = descriptor;
      this.source = source;
      this.output = output;
    }

    /** Waits until all that has been printed by now is passed on, but no longer than that. */
    void awaitEmpty(long time, TimeUnit unit) throws InterruptedException {
      CountDownLatch empty = new CountDownLatch(1);
      synchronized (lock) {
        if (ended) {
          return;
        }
        asked.add(empty);
        ring();
      }
      if (!empty.await(time, unit)) {
        LOG.warn("the {} of a script is not passed on in time", source.word());
      }
    }

    private void emptyIfAsked(PollSet polled) {
      List<CountDownLatch> waiting;
      synchronized (lock) {
        waiting = List.copyOf(asked);
        asked.clear();
      }
      if (waiting.isEmpty()) {
        return;
      }
      long read = 0; // somebody may print without end
      while (!ended && read <= MOST_IN_A_PIPE && polled.isReadyNow(descriptor)) {
        read += readOnce(polled);
      }
      waiting.forEach(CountDownLatch::countDown);
    }

    /** How much; 0 at the end. */
    private int readOnce(PollSet polled) {
      PollSet.Chunk chunk = polled.read(descriptor);
      if (chunk.length() > 0) {
        output.bytes(source, chunk.bytes(), chunk.length());
        return chunk.length();
      }
      if (chunk.length() < 0) {
        LOG.warn("cannot read the {} of a script any further", source.word());
      }
      end();
      return 0;
    }

    private void end() {
      synchronized (lock) {
        if (ended) {
          return;
        }
        ended = true;
      }
      SystemCalls.close(descriptor);
      output.ended(source);
      synchronized (lock) {
        asked.forEach(CountDownLatch::countDown);
        asked.clear();
      }
    }
  }
}

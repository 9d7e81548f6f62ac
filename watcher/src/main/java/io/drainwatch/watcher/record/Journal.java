package io.drainwatch.watcher.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.watcher.record.AppendResult.Appended;
import io.drainwatch.watcher.record.AppendResult.NotAppended;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where the daemon writes what it is about to do, before it does it (architecture.md, "Files").
 *
 * <ol>
 *   <li>A line goes behind the last finished one and is forced; only then is it {@link Appended}.
 *   <li>What a failed write left is cut off at once. When that fails too, when forcing failed
 *       (Linux forgets the pages that it could not write, and a second try would lie) or when
 *       somebody changed the file, the next line becomes a file of its own that takes the journal's
 *       place: every line is a whole record, so nothing is lost with the older ones.
 *   <li>The same happens when the journal would grow beyond its limit: that is the compaction.
 *   <li>Opening writes all finished lines to a new file as well, before anything is done because of
 *       them.
 * </ol>
 *
 * So the last record {@link Appended} is what {@link #open} finds, or one tried after it; never a
 * part of one. Calls from several threads take turns.
 */
public final class Journal {
  static final String FILE = "journal.jsonl";

  /** The journal never has more bytes, and so a line neither. {@value} bytes. */
  static final long DEFAULT_LIMIT = 1 << 20;

  /** Larger than any journal we write; a larger file is not ours. */
  static final long MOST_READ = 16 << 20;

  /**
   * The journal, and what was in it.
   *
   * @param last where to go on; empty for a first start, and when a finding says so
   */
  public record Opened(
      Journal journal, Optional<JournalEntry> last, List<JournalFinding> findings) {
    public Opened {
      findings = List.copyOf(findings);
    }
  }

  private final Disk disk;
  private final Path directory;
  private final Path file;
  private final long limit;
  private long length;
  private long nextSeq = 1;
  private boolean startAnew = true;
  private Optional<String> inTheWay = Optional.empty();

  private Journal(Disk disk, Path directory, long limit) {
    this.disk = disk;
    this.directory = directory;
    this.file = directory.resolve(FILE);
    this.limit = limit;
  }

  /** Never fails: what cannot be read is kept aside and told as a finding. */
  public static Opened open(StateDirectory directory) {
    return open(directory.path(), directory.disk(), DEFAULT_LIMIT);
  }

  static Opened open(Path directory, Disk disk, long limit) {
    Journal journal = new Journal(disk, directory, limit);
    List<JournalFinding> findings = new ArrayList<>();
    Optional<JournalEntry> last = journal.resume(findings);
    return new Opened(journal, last, findings);
  }

  /**
   * Writes the record and forces it to the disk.
   *
   * @param record not changed and not kept
   */
  public synchronized AppendResult append(ObjectNode record, Instant at) {
    long seq = nextSeq++;
    byte[] line;
    try {
      line = new JournalEntry(seq, at, record).line();
      if (SealedLine.unseal(Arrays.copyOf(line, line.length - 1)).isEmpty()) {
        return new NotAppended("record " + seq + " would not be read again by a JSON parser");
      }
    } catch (JsonProcessingException e) {
      return new NotAppended("record " + seq + " cannot be written as JSON: " + Reason.of(e));
    }
    if (line.length > limit) {
      return new NotAppended(
          "record %d has %d bytes, and a journal has at most %d"
              .formatted(seq, line.length, limit));
    }
    try {
      clearTheWay();
      if (startAnew || length + line.length > limit || !isAsWeLeftIt()) {
        replaceBy(line);
      } else {
        extendBy(line);
      }
      return new Appended(seq);
    } catch (IOException e) {
      return new NotAppended("writing record " + seq + " to " + file + ": " + Reason.of(e));
    }
  }

  private boolean isAsWeLeftIt() throws IOException {
    return disk.size(file).equals(OptionalLong.of(length));
  }

  private void replaceBy(byte[] content) throws IOException {
    startAnew = true;
    disk.replace(directory, FILE, content);
    length = content.length;
    startAnew = false;
  }

  private void extendBy(byte[] line) throws IOException {
    startAnew = true;
    try (Disk.OpenFile open = disk.open(file)) {
      try {
        open.write(length, line);
      } catch (IOException e) {
        startAnew = !cutBack(open, e);
        throw e;
      }
      try {
        open.force();
      } catch (IOException e) {
        cutBack(open, e);
        throw e;
      }
    }
    length += line.length;
    startAnew = false;
  }

  /** Left there, a restart would take for durable what is only in memory. */
  private boolean cutBack(Disk.OpenFile open, IOException cause) {
    try {
      open.truncate(length);
      return true;
    } catch (IOException e) {
      cause.addSuppressed(e);
      return false;
    }
  }

  private Optional<JournalEntry> resume(List<JournalFinding> findings) {
    byte[] bytes = {};
    JournalScan scan;
    try {
      if (!disk.exists(file)) {
        return Optional.empty();
      }
      bytes = disk.read(file, MOST_READ);
      scan = JournalScan.of(bytes);
    } catch (IOException e) {
      scan = new JournalScan.Hopeless(Reason.of(e));
    }
    return switch (scan) {
      case JournalScan.Newer newer -> {
        findings.add(new JournalFinding.NewerVersion(newer.version(), moveAside("journal.newer")));
        yield Optional.empty();
      }
      case JournalScan.Hopeless hopeless -> {
        findings.add(
            new JournalFinding.Unreadable(hopeless.reason(), moveAside("journal.unreadable")));
        yield Optional.empty();
      }
      case JournalScan.Fit fit -> {
        fit.damage().ifPresent(findings::add);
        fit.tear().ifPresent(findings::add);
        nextSeq = fit.last().map(entry -> entry.seq() + 1).orElse(1L);
        settle(Arrays.copyOf(bytes, (int) fit.length()), findings);
        yield fit.last();
      }
    };
  }

  /**
   * Writes what was read to a new file. It is acted upon from now on, so it has to be on the disk
   * from now on; and the old one may be in memory only, because its process was killed before it
   * forced or, worse, after forcing failed.
   */
  private void settle(byte[] lines, List<JournalFinding> findings) {
    try {
      replaceBy(lines);
    } catch (IOException e) {
      findings.add(new JournalFinding.NotForced(Reason.of(e)));
    }
  }

  private Optional<Path> moveAside(String stem) {
    KeptAside aside = new KeptAside(disk, directory, stem, "");
    return switch (aside.move(file, stem)) {
      case KeepResult.Kept kept -> Optional.of(kept.as());
      case KeepResult.NotKept _ -> {
        inTheWay = Optional.of(stem);
        yield Optional.empty();
      }
    };
  }

  /** What could not be read and not be moved is still not written over. */
  private void clearTheWay() throws IOException {
    if (inTheWay.isPresent() && disk.exists(file)) {
      String stem = inTheWay.get();
      if (moveAside(stem).isEmpty()) {
        throw new IOException("the old one cannot be read and not be moved aside");
      }
    }
    inTheWay = Optional.empty();
  }
}

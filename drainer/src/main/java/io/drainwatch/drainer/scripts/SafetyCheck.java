package io.drainwatch.drainer.scripts;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/**
 * Whether a script may run (drain-scripts.md 1.2): nobody but root and the daemon's user can have
 * put it there or changed it, and the kernel can start it.
 *
 * <p>The way is walked from the root, name by name and link by link, as the kernel does. Every
 * directory passed, those on the way to a link's target too, must belong to root or the daemon's
 * user and must not be writable by group or others: a sticky bit keeps files from being removed,
 * not from being added. A link to {@code /dev/null} masks, but only if it lies in a safe place
 * itself.
 */
public final class SafetyCheck {

  /** What stands at the end of a path. */
  sealed interface Found {
    record Safe() implements Found {}

    record NotExecutable(Refusal refusal) implements Found {}

    /** It is, or leads to, {@code /dev/null}. */
    record Null() implements Found {}

    record Unsafe(Refusal refusal) implements Found {}
  }

  /** As in the kernel. */
  private static final int MOST_LINKS = 40;

  private static final Path NULL_DEVICE = Path.of("/dev/null");

  private final FileFacts facts;
  private final int daemonUid;
  private final boolean ownersAndModes;

  SafetyCheck(FileFacts facts, int daemonUid, boolean ownersAndModes) {
    this.facts = facts;
    this.daemonUid = daemonUid;
    this.ownersAndModes = ownersAndModes;
  }

  /** The whole check, for the user this process runs as. */
  public static SafetyCheck full() {
    return new SafetyCheck(FileFacts.ofSystem(), DaemonProcess.uid(), true);
  }

  /** For {@code bosh.checks: off}: regular file and first bytes only. */
  public static SafetyCheck withoutOwnersAndModes() {
    return new SafetyCheck(FileFacts.ofSystem(), DaemonProcess.uid(), false);
  }

  /** Why the script must not run now; empty when it may. */
  public Optional<Refusal> refuses(Path script) {
    return switch (find(script.toAbsolutePath())) {
      case Found.Safe _ -> Optional.empty();
      case Found.Unsafe(Refusal refusal) -> Optional.of(refusal);
      case Found.NotExecutable(Refusal refusal) -> Optional.of(refusal);
      case Found.Null _ ->
          Optional.of(new Refusal(Refusal.Reason.NOT_A_REGULAR_FILE, script, "it is /dev/null"));
    };
  }

  Found find(Path script) {
    try {
      return walk(script);
    } catch (Unsafe unsafe) {
      return new Found.Unsafe(unsafe.refusal);
    } catch (NoSuchFileException e) {
      return unsafe(Refusal.Reason.NOT_A_REGULAR_FILE, script, "it, or what it links to, is gone");
    } catch (IOException e) {
      return unsafe(Refusal.Reason.UNREADABLE, script, e.toString());
    }
  }

  private Found walk(Path script) throws IOException, Unsafe {
    Path here = Path.of("/");
    Deque<Path> ahead = new ArrayDeque<>();
    script.forEach(ahead::addLast);
    int links = 0;
    checkDirectory(here, facts.of(here));
    while (!ahead.isEmpty()) {
      Path name = ahead.removeFirst();
      Path next = here.resolve(name).normalize(); // "here" has no links: ".." is its parent
      FileFacts.Facts found = facts.of(next);
      if (found.isLink()) {
        if (++links > MOST_LINKS) {
          throw new FileSystemException(script.toString(), null, "too many links");
        }
        Path target = Files.readSymbolicLink(next);
        prepend(target, ahead);
        here = target.isAbsolute() ? Path.of("/") : here;
      } else if (!ahead.isEmpty()) {
        checkDirectory(next, found);
        here = next;
      } else if (next.equals(NULL_DEVICE)) {
        return new Found.Null();
      } else {
        return verdictOn(next, found);
      }
    }
    return unsafe(Refusal.Reason.NOT_A_REGULAR_FILE, script, "it is a directory");
  }

  private void checkDirectory(Path path, FileFacts.Facts found) throws IOException, Unsafe {
    if (!found.isDirectory()) {
      throw new FileSystemException(path.toString(), null, "not a directory");
    }
    checkOwnerAndMode(path, found);
  }

  private void checkOwnerAndMode(Path path, FileFacts.Facts found) throws Unsafe {
    if (!ownersAndModes) {
      return;
    }
    if (found.uid() != 0 && found.uid() != daemonUid) {
      throw new Unsafe(Refusal.Reason.FOREIGN_OWNER, path, "uid " + found.uid());
    }
    if (found.isWritableByOthers()) {
      throw new Unsafe(Refusal.Reason.WRITABLE_BY_OTHERS, path, found.permissions());
    }
  }

  private Found verdictOn(Path file, FileFacts.Facts found) throws Unsafe {
    if (!found.isRegularFile()) {
      return unsafe(Refusal.Reason.NOT_A_REGULAR_FILE, file, kindOf(found));
    }
    if (!Files.isExecutable(file)) {
      return new Found.NotExecutable(
          new Refusal(Refusal.Reason.NOT_EXECUTABLE, file, found.permissions()));
    }
    checkOwnerAndMode(file, found);
    if (ownersAndModes && found.setsUserOrGroup()) {
      return unsafe(Refusal.Reason.SET_USER_OR_GROUP, file, found.permissions());
    }
    return InterpreterLine.refuses(file).<Found>map(Found.Unsafe::new).orElseGet(Found.Safe::new);
  }

  private static String kindOf(FileFacts.Facts found) {
    return found.isDirectory() ? "it is a directory" : "it is a FIFO, socket or device";
  }

  private static void prepend(Path target, Deque<Path> ahead) {
    Deque<Path> names = new ArrayDeque<>();
    target.forEach(names::addFirst);
    Iterator<Path> backwards = names.iterator();
    while (backwards.hasNext()) {
      ahead.addFirst(backwards.next());
    }
  }

  private static Found.Unsafe unsafe(Refusal.Reason reason, Path path, String detail) {
    return new Found.Unsafe(new Refusal(reason, path, detail));
  }

  /** Ends the walk; never leaves this class. */
  private static final class Unsafe extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Refusal refusal;

    Unsafe(Refusal.Reason reason, Path path, String detail) {
      super(null, null, false, false);
      this.refusal = new Refusal(reason, path, detail);
    }
  }
}

package io.drainwatch.watcher.record;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;

/**
 * One directory as Linux keeps it: what programs see is the cache, and a crash of the machine goes
 * back to what was forced, or to anything that was seen since, files and names each for themselves.
 * A file longer than it was forced may come back cut anywhere or with zeros for its end. After a
 * failed force the pages count as written: later forces succeed and write nothing.
 */
final class MemoryDisk implements Disk {

  /** For a wrapper that wants this file's force to fail as the kernel's does. */
  interface Failing {
    void failForce();
  }

  private static final class Content {
    byte[] cache = new byte[0];
    byte[] forced = new byte[0];
    List<byte[]> sinceForced = new ArrayList<>();
    boolean lies;

    void change(byte[] to) {
      cache = to;
      sinceForced.add(to);
    }
  }

  private Map<String, Content> names = new LinkedHashMap<>();
  private Map<String, Content> forcedNames = new LinkedHashMap<>();
  private List<Map<String, Content>> namesSinceForced = new ArrayList<>();

  /** The machine loses power; the dice say what of the unforced has reached the disk. */
  void crash(Random dice) {
    List<Map<String, Content>> possible = new ArrayList<>(namesSinceForced);
    possible.add(forcedNames);
    names = new LinkedHashMap<>(possible.get(dice.nextInt(possible.size())));
    names.values().forEach(content -> crash(content, dice));
    forcedNames = new LinkedHashMap<>(names);
    namesSinceForced = new ArrayList<>();
  }

  private static void crash(Content content, Random dice) {
    List<byte[]> possible = new ArrayList<>(content.sinceForced);
    possible.add(content.forced);
    byte[] chosen = possible.get(dice.nextInt(possible.size()));
    int same = Arrays.mismatch(chosen, content.forced);
    if (same >= 0 && same < chosen.length) {
      int arrived = dice.nextInt(same, chosen.length + 1);
      byte[] zeros = Arrays.copyOf(Arrays.copyOf(chosen, arrived), chosen.length);
      chosen = dice.nextBoolean() ? Arrays.copyOf(chosen, arrived) : zeros;
    }
    content.cache = chosen;
    content.forced = chosen;
    content.sinceForced = new ArrayList<>();
    content.lies = false;
  }

  private void changed() {
    namesSinceForced.add(new LinkedHashMap<>(names));
  }

  private Content existing(Path file) throws IOException {
    Content content = names.get(file.getFileName().toString());
    if (content == null) {
      throw new IOException("no such file: " + file);
    }
    return content;
  }

  @Override
  public boolean exists(Path path) {
    return names.containsKey(path.getFileName().toString());
  }

  @Override
  public OptionalLong size(Path file) throws IOException {
    return exists(file) ? OptionalLong.of(existing(file).cache.length) : OptionalLong.empty();
  }

  @Override
  public byte[] read(Path file, long atMost) throws IOException {
    return existing(file).cache.clone();
  }

  @Override
  public List<String> names(Path directory) {
    return List.copyOf(names.keySet());
  }

  @Override
  public OpenFile create(Path file) throws IOException {
    names.put(file.getFileName().toString(), new Content());
    changed();
    return open(file);
  }

  @Override
  public OpenFile open(Path file) throws IOException {
    return new Opened(existing(file));
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Content content = existing(from);
    names.remove(from.getFileName().toString());
    names.put(to.getFileName().toString(), content);
    changed();
  }

  @Override
  public void delete(Path file) {
    names.remove(file.getFileName().toString());
    changed();
  }

  @Override
  public void forceDirectory(Path directory) {
    forcedNames = new LinkedHashMap<>(names);
    namesSinceForced = new ArrayList<>();
  }

  private record Opened(Content content) implements OpenFile, Failing {
    @Override
    public void truncate(long size) {
      content.change(Arrays.copyOf(content.cache, (int) size));
    }

    @Override
    public void write(long position, byte[] bytes) {
      int start = (int) position;
      byte[] all =
          Arrays.copyOf(content.cache, Math.max(content.cache.length, start + bytes.length));
      System.arraycopy(bytes, 0, all, start, bytes.length);
      content.change(all);
    }

    @Override
    public void force() {
      if (!content.lies) {
        content.forced = content.cache;
        content.sinceForced = new ArrayList<>();
      }
    }

    @Override
    public void failForce() {
      content.lies = true;
    }

    @Override
    public void close() {}
  }
}

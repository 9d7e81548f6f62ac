package io.drainwatch.watcher.configuration;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Gathers what is found while reading: faults, remarks, and every key asked for. What nobody asked
 * for is not known; so the list of known keys cannot differ from what is read.
 */
final class Findings {
  private final List<Fault> faults = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private final Set<String> single = new LinkedHashSet<>();
  private final Set<String> lists = new LinkedHashSet<>();

  void asked(String key) {
    single.add(key);
  }

  void askedList(String key) {
    lists.add(key);
  }

  void fault(String key, Given given, String reason) {
    faults.add(
        new Fault(PrintedValue.plain(key), PrintedValue.of(key, given), reason, given.origin()));
  }

  void fault(String key, String reason) {
    faults.add(new Fault(PrintedValue.plain(key), "", reason, ""));
  }

  void remark(String sentence) {
    remarks.add(sentence);
  }

  List<Fault> faults() {
    return faults;
  }

  List<String> remarks() {
    return remarks;
  }

  KnownKeys known() {
    return new KnownKeys(single, lists);
  }
}

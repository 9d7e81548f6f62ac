package io.drainwatch.drainer.context;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The table of drain-scripts.md 2.4, cell by cell, so that the two can be held side by side. Rows
 * that the mapper does not need (platform, notice, the policy's defaults) are not here: the first
 * two are remarks, the policy owns the others.
 *
 * <p>Footnotes, applied by {@link Effects}:
 *
 * <ul>
 *   <li>{@code ^d} only where the episode drains; by default a Freeze is observed
 *   <li>{@code ^e} deleted for an OS disk on the host
 *   <li>{@code ^r} {@code bosh.redeploy: keep} turns it to keep and job_changed
 *   <li>{@code ^t} the platform does not tell, so the worse case; {@code context.terminate-disks}
 *       overrides it
 * </ul>
 *
 * The table's {@code ^s}, a Reboot that is a host failure, is a choice of column: {@link
 * EventColumn#of}.
 */
final class MappingTable {
  private static final String TABLE =
      """
                                 | Freeze       | Reboot      | Redeploy        | Preempt, Deallocate | Preempt, Delete | Terminate    | unknown type
      disposition                | stopped      | stopped     | recreated       | stopped             | stopped         | stopped      | recreated
      target_states              | stopped      | stopped     | recreated       | stopped             | deleted         | deleted      | recreated
      OS disk                    | available    | available   | available ^e    | unavailable         | deleted         | deleted ^t   | unknown
      persistent disks           | available    | available   | available       | unavailable         | deleted         | deleted ^t   | unknown
      ephemeral disk             | available    | available   | deleted         | deleted             | deleted         | deleted      | deleted
      jobs                       | running      | running     | running         | stopped             | deleted         | deleted      | running
      instance                   | keep         | keep        | keep            | keep                | delete          | delete       | keep
      group                      | updated      | updated     | updated         | updated             | scaled-down     | scaled-down  | updated
      deployment                 | updated      | updated     | updated         | updated             | updated         | updated      | updated
      BOSH_VM_NEXT_STATE         | keep         | keep        | delete ^r       | delete              | delete          | delete       | delete ^r
      BOSH_INSTANCE_NEXT_STATE   | keep         | keep        | keep            | keep                | delete          | delete       | keep
      BOSH_DEPLOYMENT_NEXT_STATE | keep         | keep        | keep            | keep                | keep            | keep         | keep
      drain $1                   | job_changed  | job_changed | job_shutdown ^r | job_shutdown        | job_shutdown    | job_shutdown | job_shutdown ^r
      BOSH_JOB_NEXT_STATE        | same-size    | same-size   | same-size       | same-size           | zero            | zero ^t      | left-out
      Pre-Scale                  | vm_resize ^d | vm_resize   | vm_resize       | vm_remove           | vm_remove       | vm_remove    | vm_resize
      Post-Scale                 | vm_resize ^d | vm_resize   | vm_resize       | -                   | -               | -            | vm_resize
      peers                      | -            | -           | -               | On VM Remove        | On VM Remove    | On VM Remove | -
      DrainSafe's grace          | ignored      | 840 s       | 540 s           | 15 s                | 15 s            | 60 s         | ignored
      """;

  private static final Map<Row, List<Cell>> CELLS = read();

  private MappingTable() {}

  /** The rows by their heads in the table. */
  enum Row {
    DISPOSITION("disposition"),
    TARGET_STATES("target_states"),
    OS_DISK("OS disk"),
    PERSISTENT_DISKS("persistent disks"),
    EPHEMERAL_DISK("ephemeral disk"),
    JOBS("jobs"),
    INSTANCE("instance"),
    GROUP("group"),
    DEPLOYMENT("deployment"),
    BOSH_VM_NEXT_STATE("BOSH_VM_NEXT_STATE"),
    BOSH_INSTANCE_NEXT_STATE("BOSH_INSTANCE_NEXT_STATE"),
    BOSH_DEPLOYMENT_NEXT_STATE("BOSH_DEPLOYMENT_NEXT_STATE"),
    DRAIN_ARGUMENT("drain $1"),
    BOSH_JOB_NEXT_STATE("BOSH_JOB_NEXT_STATE"),
    PRE_SCALE("Pre-Scale"),
    POST_SCALE("Post-Scale"),
    PEERS("peers"),
    DRAINSAFE_GRACE("DrainSafe's grace");

    private final String head;

    Row(String head) {
      this.head = head;
    }
  }

  /**
   * One cell.
   *
   * @param footnote {@code ^} and a letter, or empty
   */
  record Cell(String word, String footnote) {
    boolean has(String mark) {
      return footnote.equals(mark);
    }

    /** The dash and the word ignored both say: nothing. */
    boolean isNothing() {
      return word.equals("-") || word.equals("ignored");
    }
  }

  static Cell cell(Row row, EventColumn column) {
    List<Cell> cells = CELLS.get(row);
    if (cells == null) {
      throw new IllegalStateException("the table has no row " + row.head);
    }
    return cells.get(column.ordinal());
  }

  private static Map<Row, List<Cell>> read() {
    List<List<String>> lines = TABLE.lines().map(MappingTable::columns).toList();
    List<String> titles = Arrays.stream(EventColumn.values()).map(EventColumn::title).toList();
    if (!lines.getFirst().subList(1, lines.getFirst().size()).equals(titles)) {
      throw new IllegalStateException("the table's columns are not " + titles);
    }
    Map<Row, List<Cell>> cells = new EnumMap<>(Row.class);
    for (List<String> line : lines.subList(1, lines.size())) {
      if (line.size() != titles.size() + 1) {
        throw new IllegalStateException("a cell is missing or too many in " + line);
      }
      cells.put(
          row(line.getFirst()),
          line.subList(1, line.size()).stream().map(MappingTable::cell).toList());
    }
    return cells;
  }

  private static List<String> columns(String line) {
    return Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
  }

  private static Row row(String head) {
    return Arrays.stream(Row.values())
        .filter(row -> row.head.equals(head))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the table has an odd row " + head));
  }

  private static Cell cell(String text) {
    int mark = text.indexOf(" ^");
    return mark < 0
        ? new Cell(text, "")
        : new Cell(text.substring(0, mark), text.substring(mark + 1));
  }
}

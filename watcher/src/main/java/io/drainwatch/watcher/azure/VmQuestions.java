package io.drainwatch.watcher.azure;

import io.drainwatch.drainer.desk.Desk;
import io.drainwatch.drainer.maintenance.MachineFate;
import io.drainwatch.drainer.nodework.Machines;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shell: asks Resource Manager what became of VMs, one after another, at the pace of {@link
 * AskPace}. Everything but {@link #ask} happens on the one thread of its desk, which a call blocks
 * for a limited time. Of each VM the newest question waits, older ones get no answer.
 */
public final class VmQuestions implements Machines {
  private static final Logger LOG = LoggerFactory.getLogger(VmQuestions.class);

  private final AzureResources azure;
  private final Desk desk;
  private final InstantSource clock;
  private final Consumer<MachineFate> counted;

  // of the desk's thread
  private final LinkedHashMap<ResourceId, Consumer<MachineFate>> waiting = new LinkedHashMap<>();
  private AskPace pace;
  private Optional<Instant> alarm = Optional.empty();
  private Optional<Trouble.Kind> said = Optional.empty();

  /**
   * @param desk with one thread
   * @param counted told each answer
   */
  public VmQuestions(
      AzureResources azure,
      int perMinute,
      Desk desk,
      InstantSource clock,
      Consumer<MachineFate> counted) {
    this.azure = azure;
    this.desk = desk;
    this.clock = clock;
    this.counted = counted;
    pace = AskPace.of(perMinute);
  }

  @Override
  public void ask(String providerId, Consumer<MachineFate> answer) {
    Optional<ResourceId> id =
        ResourceId.parse(providerId).filter(it -> it.kind() != ResourceId.Kind.SCALE_SET);
    desk.run(
        () -> {
          if (id.isEmpty()) {
            answer.accept(MachineFate.UNKNOWN);
          } else {
            waiting.put(id.get(), answer);
            next();
          }
        });
  }

  private void next() {
    Instant now = clock.instant();
    Optional<Instant> later = pace.notBefore(now);
    if (waiting.isEmpty()) {
      return;
    }
    if (later.isPresent()) {
      wakeAt(later.get(), now);
      return;
    }
    Map.Entry<ResourceId, Consumer<MachineFate>> first = waiting.pollFirstEntry();
    MachineFate fate = look(first.getKey());
    counted.accept(fate);
    first.getValue().accept(fate);
    desk.run(this::next);
  }

  private void wakeAt(Instant at, Instant now) {
    if (alarm.filter(set -> set.isAfter(now) && !set.isAfter(at)).isEmpty()) {
      alarm = Optional.of(at);
      desk.at(
          at,
          () -> {
            alarm = Optional.empty();
            next();
          });
    }
  }

  private MachineFate look(ResourceId id) {
    pace = pace.askedAt(clock.instant());
    AzureAnswer<AzureVm> answer;
    try {
      answer = azure.vm(id);
    } catch (RuntimeException e) {
      LOG.error("a question to Azure failed in itself, the next is asked as usual", e);
      return MachineFate.UNKNOWN;
    }
    pace = pace.answered(answer, clock.instant());
    MachineFate fate = VmFate.of(answer).asFate();
    say(answer, fate);
    return fate;
  }

  // a role that is missing is said once, not for each Node
  private void say(AzureAnswer<AzureVm> answer, MachineFate fate) {
    Optional<Trouble> trouble = answer.problem().filter(each -> fate == MachineFate.UNKNOWN);
    Optional<Trouble.Kind> kind = trouble.map(Trouble::kind);
    if (trouble.isPresent() && !kind.equals(said)) {
      LOG.warn("Azure does not tell what became of a VM: {}", trouble.get().sentence());
    }
    said = kind;
  }
}

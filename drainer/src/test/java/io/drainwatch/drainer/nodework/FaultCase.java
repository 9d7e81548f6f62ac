package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.model.Fault;
import io.drainwatch.drainer.model.Faults;
import io.drainwatch.drainer.model.Verb;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One case of the fault matrix. */
record FaultCase(Verb verb, Fault fault, Often often) {

  enum Often {
    ONCE("once"),
    THREE_TIMES("three times"),
    TEN_MINUTES("10 min"),
    FOR_EVER("for ever");

    private final String text;

    Often(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  static List<FaultCase> all() {
    List<FaultCase> all = new ArrayList<>();
    for (Verb verb : Verb.ofTheFaultMatrix()) {
      for (Fault fault : Fault.matrix()) {
        for (Often often : Often.values()) {
          all.add(new FaultCase(verb, fault, often));
        }
      }
    }
    return all;
  }

  void plan(Faults faults) {
    switch (often) {
      case ONCE -> faults.once(verb, fault);
      case THREE_TIMES -> faults.times(verb, fault, 3);
      case TEN_MINUTES -> faults.fromTheFirst(verb, fault, Duration.ofMinutes(10));
      case FOR_EVER -> faults.forever(verb, fault);
    }
  }

  @Override
  public String toString() {
    return verb + " x " + fault.toString().replace(" s", "s") + " x " + often;
  }
}

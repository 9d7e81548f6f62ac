package io.drainwatch.watcher.simulator;

import com.sun.net.httpserver.HttpExchange;
import io.drainwatch.watcher.simulator.platform.DateStyle;
import io.drainwatch.watcher.simulator.platform.EventPlan;
import io.drainwatch.watcher.simulator.platform.Order;
import io.drainwatch.watcher.simulator.platform.Outcome;
import io.drainwatch.watcher.simulator.platform.PlannedFault;
import io.drainwatch.watcher.simulator.platform.SimulatedChange;
import io.drainwatch.watcher.simulator.platform.SimulatedPlatform.Absence;
import io.drainwatch.watcher.simulator.platform.SimulatedVm;
import io.drainwatch.watcher.simulator.scenario.Scenario;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A metadata service over HTTP, with everything around it that a maintenance needs.
 *
 * <p>All that is known is one immutable {@link Simulation}, replaced under one lock. Every request,
 * every order and the timer first carry out what has fallen due, so that the document is right at
 * any moment and listeners hear of it even if nobody asks. Sockets are written and listeners called
 * outside the lock.
 *
 * <p>Starting and stopping do not wait for anything. Whoever reaches the port can give orders under
 * {@code /simulator}: it listens on loopback unless the settings say otherwise.
 */
public final class Simulator implements AutoCloseable {

  /** Older requests are forgotten; the count in the state goes on. */
  public static final int REQUESTS_KEPT = 10_000;

  private static final int MOST_ORDER_BYTES = 1 << 20;

  private final SimulatorSettings settings;
  private final InstantSource clock;
  private final Alarm alarm;
  private final Runnable stopTimer;
  private final Supplier<String> ids;
  private final MetadataService service;
  private final ControlAddress control = new ControlAddress(this);
  private final Doors doors;
  private final Wire wire;
  private final ChangeFeed feed = new ChangeFeed();

  private final Object lock = new Object();
  private final RequestLog requests = new RequestLog(REQUESTS_KEPT);
  private Simulation simulation;
  private Duration ahead = Duration.ZERO;
  private boolean closed;

  private Simulator(
      SimulatorSettings settings,
      InstantSource clock,
      SimulatorTimer timer,
      Runnable stopTimer,
      Supplier<String> ids)
      throws IOException {
    this.settings = settings;
    this.clock = clock;
    this.alarm = new Alarm(timer, this::tick);
    this.stopTimer = stopTimer;
    this.ids = ids;
    this.service = new MetadataService(settings);
    this.simulation = Simulation.of(settings);
    this.doors = Doors.bind(settings);
    this.wire = new Wire(timer, doors.workers());
  }

  /**
   * Starts one on the system's clock.
   *
   * @throws IOException if the port cannot be had; the message names it
   */
  public static Simulator start(SimulatorSettings settings) throws IOException {
    ThreadTimer timer = new ThreadTimer();
    try {
      return start(settings, InstantSource.system(), timer, timer::close, Simulator::newId);
    } catch (IOException refused) {
      timer.close();
      throw refused;
    }
  }

  /**
   * Starts one on another clock; the timer is not stopped with it.
   *
   * @param ids of events that do not bring their own; each a new one
   */
  public static Simulator start(
      SimulatorSettings settings, InstantSource clock, SimulatorTimer timer, Supplier<String> ids)
      throws IOException {
    return start(settings, clock, timer, () -> {}, ids);
  }

  private static Simulator start(
      SimulatorSettings settings,
      InstantSource clock,
      SimulatorTimer timer,
      Runnable stopTimer,
      Supplier<String> ids)
      throws IOException {
    Simulator simulator = new Simulator(settings, clock, timer, stopTimer, ids);
    simulator.doors.open(settings, simulator::visit);
    return simulator;
  }

  /** A new event id as the service writes them: a GUID in capitals. */
  static String newId() {
    return UUID.randomUUID().toString().toUpperCase(Locale.ROOT);
  }

  /** Of the first VM, without a slash at the end: {@code http://127.0.0.1:41234}. */
  public String baseUrl() {
    return doors.url(settings.self().name());
  }

  /** Of the VM of this name. */
  public String baseUrl(String vm) {
    return doors.url(vm);
  }

  /** One line on what is served and where. */
  public String describe() {
    return "Scheduled events and instance metadata of "
        + settings.vms().stream()
            .map(vm -> vm.name() + " at " + doors.url(vm.name()) + "/metadata")
            .reduce((one, two) -> one + ", " + two)
            .orElseThrow()
        + "; orders at "
        + baseUrl()
        + "/simulator";
  }

  /**
   * Publishes an event and gives its id.
   *
   * @throws IllegalArgumentException if the id of the plan is in use
   */
  public String schedule(EventPlan plan) {
    // the id is settled here, so that it can be told
    String id = plan.id().orElseGet(ids);
    demand(new Order.Schedule(plan.toBuilder().id(id).build()));
    return id;
  }

  /** Takes a Scheduled event back. Throws IllegalArgumentException if it is not Scheduled. */
  public void cancel(String event) {
    demand(new Order.Cancel(event));
  }

  /** Starts a Scheduled event. Throws IllegalArgumentException if it is not Scheduled. */
  public void startNow(String event) {
    demand(new Order.StartNow(event));
  }

  /** Ends an event; one still Scheduled starts and ends at once, and nobody sees it Started. */
  public void endNow(String event) {
    demand(new Order.EndNow(event));
  }

  /** Somebody other than the VMs acknowledges. */
  public void acknowledge(String event, String by) {
    demand(new Order.Acknowledge(event, by));
  }

  public void setFault(PlannedFault fault) {
    demand(new Order.SetFault(fault));
  }

  public void clearFaults() {
    demand(new Order.ClearFaults());
  }

  public void jumpIncarnation(long by) {
    demand(new Order.JumpIncarnation(by));
  }

  public void resetIncarnation(long to) {
    demand(new Order.ResetIncarnation(to));
  }

  public void writeDates(DateStyle style) {
    demand(new Order.WriteDates(style));
  }

  /**
   * Begins a scenario now, beside what is going on.
   *
   * @throws IllegalArgumentException if it has VMs that this simulator has not
   */
  public void play(Scenario scenario) {
    for (SimulatedVm vm : scenario.vms()) {
      if (settings.vms().stream().noneMatch(own -> own.name().equalsIgnoreCase(vm.name()))) {
        throw new IllegalArgumentException(
            "the scenario "
                + scenario.name()
                + " is about "
                + vm.name()
                + ", and this simulator only has "
                + settings.vms().stream().map(SimulatedVm::name).toList());
      }
    }
    synchronized (lock) {
      simulation = simulation.playing(scenario, now());
      moveOn();
    }
    feed.tell();
  }

  /** Sets the simulator's clock ahead of the real one; back it cannot go. */
  public void stepClock(Duration forward) {
    if (forward.isNegative()) {
      throw new IllegalArgumentException("the clock only goes forward, not by " + forward);
    }
    synchronized (lock) {
      ahead = ahead.plus(forward);
      moveOn();
    }
    feed.tell();
  }

  /** Is told of every change from now on, one after the other; must not block for long. */
  public void onChange(Consumer<? super SimulatedChange> listener) {
    feed.listen(listener);
  }

  public SimulatorState state() {
    SimulatorState state;
    synchronized (lock) {
      moveOn();
      state =
          new SimulatorState(
              now(),
              simulation.platform().incarnation(),
              settings.vms().stream().map(this::vm).toList(),
              simulation.platform().events(),
              simulation.platform().ended(),
              simulation.faults().waiting(),
              simulation.steps().size(),
              requests.count());
    }
    feed.tell();
    return state;
  }

  /** The last {@value #REQUESTS_KEPT} requests to the metadata service, oldest first. */
  public List<RecordedRequest> requests() {
    synchronized (lock) {
      return requests.last();
    }
  }

  /** Stops at once; answers that are still on their way are cut off. */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      alarm.off();
    }
    stopTimer.run();
    doors.close();
  }

  /** Carries out an order, or says why not. */
  Optional<Outcome> perform(Order order) {
    Optional<Outcome> refused;
    synchronized (lock) {
      moveOn();
      refused =
          switch (simulation.carryOut(order, now(), ids)) {
            case Simulation.Result.Done(Simulation.Moved moved) -> {
              take(moved);
              yield Optional.empty();
            }
            case Simulation.Result.NotDone(Outcome why) -> Optional.of(why);
          };
      arm();
    }
    feed.tell();
    return refused;
  }

  private void demand(Order order) {
    perform(order)
        .ifPresent(
            why -> {
              throw new IllegalArgumentException(Simulation.sentence(why));
            });
  }

  private SimulatorState.Vm vm(SimulatedVm vm) {
    return new SimulatorState.Vm(
        vm.name(),
        doors.url(vm.name()),
        simulation.platform().isPresent(vm.name()),
        simulation.platform().absences().stream()
            .filter(absence -> absence.vm().equals(vm.name()))
            .findFirst()
            .flatMap(Absence::backAt));
  }

  private void visit(SimulatedVm vm, HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (control.isAt(path) && vm.equals(settings.self())) {
      wire.send(
          exchange,
          control.answer(
              exchange.getRequestMethod(),
              path,
              Wire.header(exchange, "Origin").isPresent(),
              Wire.body(exchange, MOST_ORDER_BYTES)));
    } else {
      wire.send(
          exchange,
          metadata(
              new MetadataRequest(
                  vm.name(),
                  exchange.getRequestMethod(),
                  path,
                  Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""),
                  Wire.header(exchange, "Metadata"),
                  Wire.header(exchange, "X-Forwarded-For").isPresent(),
                  Wire.body(exchange, MetadataService.MOST_BYTES))));
    }
  }

  private Answer metadata(MetadataRequest request) {
    MetadataService.Reply reply;
    synchronized (lock) {
      moveOn();
      Instant now = now();
      reply = service.answer(simulation, request, now);
      take(new Simulation.Moved(reply.simulation(), reply.changes()));
      requests.add(
          new RecordedRequest(
              now,
              request.vm(),
              request.method(),
              request.pathAndQuery(),
              reply.answer().visibleStatus(),
              reply.acknowledgedIds(),
              reply.fault().map(fault -> fault.word())));
      arm();
    }
    feed.tell();
    return reply.answer();
  }

  private Instant now() {
    return clock.instant().plus(ahead);
  }

  private void tick() {
    synchronized (lock) {
      if (closed) {
        return;
      }
      moveOn();
    }
    feed.tell();
  }

  private void moveOn() {
    take(simulation.at(now(), ids));
    arm();
  }

  private void take(Simulation.Moved moved) {
    simulation = moved.simulation();
    feed.add(moved.changes());
  }

  private void arm() {
    if (!closed) {
      alarm.set(simulation.nextChange(), now());
    }
  }
}

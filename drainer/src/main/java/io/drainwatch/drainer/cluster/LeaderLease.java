package io.drainwatch.drainer.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leadership among several processes by a Lease, written only on the version that was read. It
 * spares double work; safety comes from conditional writes and UIDs (section 15).
 *
 * <p>{@link #isHeld} is exact at the moment of the question. The listener hears of a loss within a
 * second, on a thread of ours.
 */
public final class LeaderLease implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeaderLease.class);
  private static final Duration LONGEST_CALL = Duration.ofSeconds(4);
  private static final Duration TICK = Duration.ofMillis(250);

  private final Wire wire;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final LeaseRule rule;
  private final String collection;
  private final String name;
  private final String namespace;
  private final String self;
  private final Listener listener;

  // of the one thread that asks
  private Optional<LeaseRule.Seen> seen = Optional.empty();
  private Optional<ObjectNode> known = Optional.empty();

  /** For people. */
  private volatile Optional<String> otherHolder = Optional.empty();

  // under the lock
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Optional<Proof> proof = Optional.empty();
  private boolean isStanding;
  private boolean isToldHeld;
  private boolean closed;

  /** When the last renewal that went through was begun, by both clocks. */
  private record Proof(long nanos, Instant wall) {}

  /** Told in turn, first of a gain. Must return at once. */
  public interface Listener {
    void gained();

    void lost();
  }

  LeaderLease(
      Wire wire,
      InstantSource clock,
      LongSupplier nanos,
      LeaseRule rule,
      Named named,
      Listener listener) {
    this.wire = wire;
    this.clock = clock;
    this.nanos = nanos;
    this.rule = rule;
    this.namespace = named.namespace();
    this.name = named.name();
    this.self = named.self();
    this.listener = listener;
    collection = "/apis/coordination.k8s.io/v1/namespaces/" + Asked.encoded(namespace) + "/leases";
    Thread.ofVirtual().name("drainwatch-lease").start(this::run);
    Thread.ofVirtual().name("drainwatch-lease-tick").start(this::tick);
  }

  /** Which Lease, and who we are in it. */
  record Named(String namespace, String name, String self) {
    Named {
      if (namespace.isBlank() || name.isBlank() || self.isBlank()) {
        throw new IllegalArgumentException("a Lease has a namespace, a name and a holder");
      }
    }
  }

  /** Tries to get it from now on. */
  public void stand() {
    lock.lock();
    try {
      isStanding = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether it is ours, as far as can be proven at this moment. */
  public boolean isHeld() {
    lock.lock();
    try {
      return proof.filter(this::holds).isPresent();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Who held it by the last look, other than us; empty: we do, nobody does, or it was not read yet.
   */
  public Optional<String> otherHolder() {
    return isHeld() ? Optional.empty() : otherHolder;
  }

  /** Hands it over: not ours any more when this returns, and not tried for until {@link #stand}. */
  public void release() {
    boolean wasHeld;
    lock.lock();
    try {
      wasHeld = isToldHeld || proof.isPresent();
      isStanding = false;
      proof = Optional.empty();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    notice();
    if (wasHeld) {
      free();
    }
  }

  @Override
  public void close() {
    release();
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean holds(Proof at) {
    Duration ours = Duration.ofNanos(nanos.getAsLong() - at.nanos());
    // a frozen machine's monotonic clock may have stood still, the wall clock was set since
    Duration wall = Duration.between(at.wall(), clock.instant());
    return rule.isProvenAfter(ours) && rule.isProvenAfter(wall);
  }

  private void run() {
    while (pause(rule.retry())) {
      try {
        if (isStanding()) {
          step();
        }
      } catch (RuntimeException e) {
        LOG.error("The Lease {} failed in an unforeseen way: {}", name, Line.of(e), e);
      }
      notice();
    }
  }

  private void step() {
    if (known.isEmpty()) {
      read();
    } else if (!renew(known.get())) {
      known = Optional.empty();
      read(); // somebody wrote: who?
    }
  }

  private void read() {
    Reply reply = wire.ask(Asked.get(collection + "/" + Asked.encoded(name)), LONGEST_CALL);
    if (!(reply instanceof Reply.Http http)) {
      LOG.info("The Lease {} cannot be read: {}", name, reply.told());
      return;
    }
    Optional<ObjectNode> lease = lease(http);
    if (lease.isEmpty() && !http.isAbsent("leases", name)) {
      LOG.warn("The Lease {} cannot be read: {}", name, http.why());
      return;
    }
    LeaseRule.Decision decision =
        rule.decide(lease.map(LeaseJson::read), seen, self, Duration.ofNanos(nanos.getAsLong()));
    seen = decision.seen();
    otherHolder =
        seen.filter(it -> decision.deed() == LeaseRule.Deed.WAIT).map(it -> it.lease().holder());
    switch (decision.deed()) {
      case WAIT -> prove(Optional.empty());
      case CREATE -> write(LeaseJson.created(namespace, name), true);
      case TAKE, RENEW -> lease.ifPresent(this::renew);
    }
  }

  private boolean renew(ObjectNode lease) {
    return write(lease, false);
  }

  /** False: it was not ours to write. */
  private boolean write(ObjectNode lease, boolean isNew) {
    if (!isStanding()) {
      return true; // released meanwhile
    }
    Proof begun = new Proof(nanos.getAsLong(), clock.instant());
    String json = ApiJson.text(LeaseJson.heldBy(self, lease, rule.duration(), begun.wall()));
    Reply reply =
        wire.ask(
            isNew
                ? Asked.post(collection, json, Asked.OBJECT_BYTES)
                : Asked.put(collection + "/" + Asked.encoded(name), json),
            LONGEST_CALL);
    if (reply instanceof Reply.Http http) {
      Optional<ObjectNode> written = lease(http);
      if (written.isPresent()) {
        known = written;
        prove(Optional.of(begun));
        return true;
      }
      if (http.status() == 409 || http.status() == 404) {
        return false;
      }
    }
    LOG.warn("The Lease {} was not renewed: {}", name, reply.told());
    known = Optional.empty(); // it may have been, all the same
    return true;
  }

  private static Optional<ObjectNode> lease(Reply.Http http) {
    return http.status() / 100 == 2
        ? http.json()
            .filter(LeaseJson::isLease)
            .filter(ObjectNode.class::isInstance)
            .map(ObjectNode.class::cast)
        : Optional.empty();
  }

  /**
   * Reads first: the version that we know may be that of a write whose answer was lost. Once more
   * if a renewal of ours was still under way.
   */
  private void free() {
    boolean isDone = false;
    for (int tries = 0; tries < 2 && !isDone; tries++) {
      isDone = tryToFree();
    }
    LOG.info("The Lease {} was {}given back", name, isDone ? "" : "not ");
  }

  private boolean tryToFree() {
    String path = collection + "/" + Asked.encoded(name);
    Reply read = wire.ask(Asked.get(path), LONGEST_CALL);
    Optional<ObjectNode> lease = read instanceof Reply.Http http ? lease(http) : Optional.empty();
    if (lease.isEmpty() || !LeaseJson.read(lease.get()).holder().equals(self)) {
      return lease.isPresent();
    }
    String json = ApiJson.text(LeaseJson.released(lease.get(), clock.instant()));
    return wire.ask(Asked.put(path, json), LONGEST_CALL) instanceof Reply.Http http
        && http.status() == 200;
  }

  private void prove(Optional<Proof> proven) {
    lock.lock();
    try {
      proof = isStanding ? proven : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private boolean isStanding() {
    lock.lock();
    try {
      if (!isStanding) {
        known = Optional.empty();
        seen = Optional.empty();
      }
      return isStanding;
    } finally {
      lock.unlock();
    }
  }

  private void tick() {
    while (pause(TICK)) {
      notice();
    }
  }

  private void notice() {
    lock.lock();
    try {
      boolean isHeldNow = proof.filter(this::holds).isPresent();
      if (isHeldNow != isToldHeld) {
        isToldHeld = isHeldNow;
        LOG.info("The Lease {} is {} {}", name, isHeldNow ? "held by" : "no more held by", self);
        if (isHeldNow) {
          listener.gained();
        } else {
          listener.lost();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** False: closed. */
  private boolean pause(Duration wait) {
    lock.lock();
    try {
      long left = wait.toNanos();
      while (!closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      return !closed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }
}

package io.drainwatch.watcher;

import io.drainwatch.watcher.daemon.Daemon;
import io.drainwatch.watcher.daemon.DaemonSettings;
import io.drainwatch.watcher.daemon.NodeSide;
import io.drainwatch.watcher.daemon.Surroundings;
import io.drainwatch.watcher.daemon.Witness;
import io.drainwatch.watcher.http.AccessToken;
import io.drainwatch.watcher.http.Reporting;
import io.drainwatch.watcher.http.ServerSettings;
import io.drainwatch.watcher.memory.GivenBack;
import io.drainwatch.watcher.notify.NotificationSettings;
import io.drainwatch.watcher.record.StateDirectoryException;
import io.drainwatch.watcher.report.Health;
import io.drainwatch.watcher.systemd.SystemdNotify;
import io.drainwatch.watcher.tracing.TracingSettings;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.http.server.exceptions.ServerStartupException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Daemon and HTTP server, started and stopped together. The order of the start:
 *
 * <ol>
 *   <li>the address is listened on, so that a taken port is told before anything has begun
 *   <li>the daemon: from here on events are seen
 *   <li>the server, or what makes it when somebody comes ({@link Doorway}); then systemd is told
 * </ol>
 */
public final class DrainwatchApplication implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DrainwatchApplication.class);

  private final Daemon daemon;
  private final Reporting reporting;
  private final Begun begun;
  private final Endpoints endpoints;

  private DrainwatchApplication(
      Daemon daemon, Reporting reporting, Begun begun, Endpoints endpoints) {
    this.daemon = daemon;
    this.reporting = reporting;
    this.begun = begun;
    this.endpoints = endpoints;
  }

  /** The same on a plain VM, for who does not stop it before it has started. */
  public static DrainwatchApplication start(
      String version,
      DaemonSettings settings,
      Surroundings surroundings,
      ServerSettings address,
      UnaryOperator<ApplicationContextBuilder> framework,
      List<Witness> witnesses)
      throws StateDirectoryException, ServerStartException {
    return start(
        version,
        settings,
        surroundings,
        address,
        framework,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        witnesses,
        new Begun());
  }

  /**
   * Starts everything or leaves nothing behind.
   *
   * @param version of Drainwatch, for status and metrics
   * @param framework what the operator's sources say to Micronaut itself, TLS for example
   * @param node of the cluster that this VM is a Node of; closed with the daemon
   * @param telling whom to tell; empty: nobody, and nothing of it is loaded
   * @param tracing where traces go; empty: nowhere, and nothing of it is loaded
   * @param witnesses see what happens, beside those of metrics and stream
   * @param begun what is started goes in here; whoever closes it stops the start as well
   * @throws StateDirectoryException when the state directory cannot be used
   * @throws ServerStartException when the address cannot be listened on
   * @throws CancellationException when it was stopped in the middle
   */
  public static DrainwatchApplication start(
      String version,
      DaemonSettings settings,
      Surroundings surroundings,
      ServerSettings address,
      UnaryOperator<ApplicationContextBuilder> framework,
      Optional<NodeSide> node,
      Optional<NotificationSettings> telling,
      Optional<TracingSettings> tracing,
      List<Witness> witnesses,
      Begun begun)
      throws StateDirectoryException, ServerStartException {
    Endpoints endpoints = begun.add(Endpoints.at(address, framework));
    Reporting reporting =
        Reporting.of(version, surroundings.clock(), settings.metadata().pollInterval());
    Optional<Telling> told =
        telling.map(
            each ->
                new Telling(
                    each,
                    surroundings.clock(),
                    reporting.metrics().ofNotices(),
                    settings.lifecycle(),
                    node,
                    surroundings.nanoseconds()));
    node.ifPresent(
        side -> {
          reporting.metrics().unattended(side::unattended);
          reporting.metrics().onANode();
          side.countedBy(
              () -> {
                NodeSide.Counts counts = reporting.metrics().ofTheNode(side::figures);
                return told.map(each -> each.beside(counts)).orElse(counts);
              });
        });
    SystemdNotify systemd =
        SystemdNotify.of(
            surroundings.environment(), ProcessHandle.current().pid(), reporting.thread());
    List<Witness> all = new ArrayList<>(reporting.witnesses());
    all.add(systemd);
    GivenBack memory = GivenBack.by(reporting.thread());
    all.add(memory);
    told.ifPresent(each -> all.add(each.witness()));
    Optional<Tracing> traced =
        tracing.map(each -> new Tracing(each, version, surroundings.clock()));
    traced.ifPresent(each -> all.add(each.witness()));
    all.addAll(witnesses);
    try {
      begun.add(systemd);
      begun.add(reporting.thread());
      // before its threads are: no script starts after a stop
      Daemon daemon = begun.add(Daemon.prepare(settings, surroundings, node, all));
      // closed before the daemon is, which gives the lock of the state directory back
      told.ifPresent(each -> begun.add(each).begin(daemon.stateDirectory()));
      traced.ifPresent(each -> begun.add(each).begin(daemon));
      daemon.begin();
      AccessToken token = AccessToken.writtenInto(daemon.stateDirectory());
      endpoints.serve(begun, memory::soon, daemon, reporting, token);
      begun.add(systemd::stopping);
      LOG.info("status, health and metrics on {}", endpoints.address());
      memory.begin(() -> daemon.watch().episode().isPresent());
      systemd.ready(() -> Health.liveness(daemon.sinceLastBeat()).isUp());
      return new DrainwatchApplication(daemon, reporting, begun, endpoints);
    } catch (StateDirectoryException | RuntimeException e) {
      begun.close();
      if (e instanceof ServerStartupException) {
        throw Serving.refused(address, e); // somebody was quicker since the address was tried
      }
      throw e;
    }
  }

  public Daemon daemon() {
    return daemon;
  }

  public Reporting reporting() {
    return reporting;
  }

  /** Where the server listens. */
  public URI address() {
    return endpoints.address();
  }

  /**
   * What the endpoints are made of.
   *
   * @throws IllegalStateException while nobody has asked for any, so there are none yet
   */
  public ApplicationContext context() {
    return endpoints.context();
  }

  /** Stops within 5 s; see {@link Daemon#close}. */
  @Override
  public void close() {
    begun.close();
  }
}

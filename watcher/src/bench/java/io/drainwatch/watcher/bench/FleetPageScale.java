package io.drainwatch.watcher.bench;

import io.drainwatch.drainer.model.ModelBudget;
import io.drainwatch.drainer.model.ModelCluster;
import io.drainwatch.drainer.model.ModelServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The drainer's page of a large cluster: how long an answer takes and how large it is, with a fifth
 * of the Nodes in maintenance, some of them blocked; and what the drains notice of those who look.
 */
final class FleetPageScale {
  private static final Pattern ADDRESS = Pattern.compile("health and metrics on (http://[^\\s]+)");
  private static final int BLOCKED = 100;
  private static final int PODS = 10;
  private static final int VIEWERS = 4;
  private static final int ASKED = 40;

  /** So that each time the fleet is looked at anew. */
  private static final Duration BETWEEN_TWO_LOOKS = Duration.ofMillis(1_100);

  private static final Duration AT_THE_END = Duration.ofSeconds(30);

  private FleetPageScale() {}

  /** One answer. */
  private record Asked(Duration took, int bytes, int status) {}

  static List<String> measure(int nodes, int open) throws Exception {
    InstantSource clock = InstantSource.system();
    ModelCluster cluster = new ModelCluster(clock.instant());
    for (int i = 0; i < nodes; i++) {
      cluster.addNode("n" + i);
      cluster.label("n" + i, "kubernetes.azure.com/agentpool", "pool" + i % 20);
      cluster.label("n" + i, "topology.kubernetes.io/zone", "westeurope-" + i % 3);
      FleetScale.tell(cluster, "n" + i, List.of());
    }
    String[] blocked = IntStream.range(0, BLOCKED).mapToObj(i -> "n" + i).toArray(String[]::new);
    cluster.replicaSet("shop", "web", BLOCKED * PODS, pod -> {}, blocked);
    cluster.addBudget("shop", "web", ModelBudget.Spec.maxUnavailable(Map.of("app", "web"), "0"));
    try (Workplace workplace = Workplace.create();
        ModelServer server = ModelServer.by(clock, cluster)) {
      String settings =
          """
          drainwatch:
            kubernetes: {form: controller, namespace: ops, pod-name: drainer, kubeconfig: %s, cordon: {settle: 0s}}
          micronaut: {server: {port: -1}}
          """
              .formatted(server.writeKubeconfig(workplace.path().resolve("kubeconfig")));
      try (DaemonProcess drainer = DaemonProcess.start(workplace, "drainer", "256m", settings);
          HttpClient client = HttpClient.newHttpClient()) {
        TimeUnit.MILLISECONDS.sleep(FleetScale.SETTLED.toMillis());
        URI address = address(workplace.path().resolve("drainer.log"));
        Viewing viewing = new Viewing(client, address, drainer);
        int third = open / 3;
        List<Duration> alone = announce(server, 0, third);
        List<Duration> watched;
        try (Viewers viewers = new Viewers(viewing)) {
          watched = announce(server, third, 2 * third);
        }
        List<Duration> tail = announce(server, 2 * third, open);
        TimeUnit.MILLISECONDS.sleep(AT_THE_END.toMillis());
        List<String> lines = new ArrayList<>();
        lines.add(Bench.figures("fleet page, note to cordon, nobody looks", both(alone, tail)));
        lines.add(Bench.figures("fleet page, note to cordon, " + VIEWERS + " look on", watched));
        lines.add(viewing.line("fleet page, while drains begin"));
        String quiet = "fleet page, " + nodes + " Nodes, " + open + " open, ";
        lines.add(viewing.again(quiet + "whole, anew", "/", BETWEEN_TWO_LOOKS));
        lines.add(viewing.again(quiet + "inside, within a second", "/fleet", Duration.ZERO));
        lines.add(viewing.again(quiet + "text", "/fleet?q=n49&sort=name", BETWEEN_TWO_LOOKS));
        lines.add(viewing.again(quiet + "blocked", "/fleet?state=blocked", BETWEEN_TWO_LOOKS));
        lines.add(
            quiet
                + drainer.line()
                + ", heap used "
                + drainer.heapUsedKilobytes() / 1024
                + " MiB of 256");
        return lines;
      }
    }
  }

  private static URI address(Path log) throws Exception {
    for (int i = 0; i < 120; i++) {
      Matcher matcher = ADDRESS.matcher(Files.readString(log));
      if (matcher.find()) {
        return URI.create(matcher.group(1));
      }
      TimeUnit.SECONDS.sleep(1);
    }
    throw new IllegalStateException("the drainer has not begun");
  }

  private static List<Duration> both(List<Duration> one, List<Duration> other) {
    List<Duration> all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }

  /** From the note to the cordon; an hour: never. */
  private static List<Duration> announce(ModelServer server, int from, int to) throws Exception {
    Map<String, Instant> told = new HashMap<>();
    for (int i = from; i < to; i++) {
      String node = "n" + i;
      told.put(node, Instant.now());
      server.with(
          each -> {
            FleetScale.tell(each, node, List.of(FleetScale.reboot(node, each.now())));
            return each;
          });
      TimeUnit.MILLISECONDS.sleep(FleetScale.BETWEEN_TWO.toMillis());
    }
    TimeUnit.SECONDS.sleep(5);
    Map<String, Instant> cordoned = FleetScale.cordons(server);
    List<Duration> lasted = new ArrayList<>();
    told.forEach(
        (node, at) ->
            lasted.add(
                Optional.ofNullable(cordoned.get(node))
                    .map(then -> Duration.between(at, then))
                    .orElse(Duration.ofHours(1))));
    return lasted;
  }

  /** What was asked, and how it went. */
  private record Viewing(HttpClient client, URI address, DaemonProcess drainer, List<Asked> asked) {
    /** As the kernel cuts it. */
    private static final String THREAD = "drainwatch-page";

    Viewing(HttpClient client, URI address, DaemonProcess drainer) {
      this(client, address, drainer, new CopyOnWriteArrayList<>());
    }

    void ask(String path) throws Exception {
      HttpRequest request = HttpRequest.newBuilder(address.resolve(path)).build();
      long begun = System.nanoTime();
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      asked.add(
          new Asked(
              Duration.ofNanos(System.nanoTime() - begun),
              answer.body().length,
              answer.statusCode()));
    }

    /** With what an answer costs, which is the same on a busy machine. */
    String again(String what, String path, Duration pause) throws Exception {
      Viewing fresh = new Viewing(client, address, drainer);
      fresh.ask(path); // the thread is there
      fresh.asked.clear();
      Duration before = drainer.cpuOf(THREAD);
      for (int i = 0; i < ASKED; i++) {
        fresh.ask(path);
        TimeUnit.MILLISECONDS.sleep(pause.toMillis());
      }
      Duration each = drainer.cpuOf(THREAD).minus(before).dividedBy(ASKED);
      return fresh.line(what) + ", CPU " + each.toNanos() / 100_000 / 10.0 + " ms each";
    }

    String line(String what) {
      int largest = asked.stream().mapToInt(Asked::bytes).max().orElse(0);
      long failed = asked.stream().filter(each -> each.status() != 200).count();
      return Bench.figures(what, asked.stream().map(Asked::took).toList())
          + ", largest "
          + largest / 1024
          + " KiB, not answered "
          + failed;
    }
  }

  /** People who look at a page each, as the page's script does. */
  private static final class Viewers implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(1); // the script: 5 s

    private final AtomicBoolean over = new AtomicBoolean();
    private final List<Thread> threads = new ArrayList<>();

    private Viewers(Viewing viewing) {
      for (int i = 0; i < VIEWERS; i++) {
        String path = "/fleet?page=" + (i + 1);
        threads.add(Thread.ofPlatform().start(() -> look(viewing, path)));
      }
    }

    private void look(Viewing viewing, String path) {
      try {
        while (!over.get()) {
          viewing.ask(path);
          TimeUnit.MILLISECONDS.sleep(EVERY.toMillis());
        }
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() throws InterruptedException {
      over.set(true);
      for (Thread each : threads) {
        each.join();
      }
    }
  }
}

package io.drainwatch.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Starts what is in the image, as a pod of the chart would. */
@Timeout(180)
class ImageTest {
  private static final Map<String, String> NOTHING = Map.of();
  private static final Pattern ADDRESS =
      Pattern.compile("at (http://127\\.0\\.0\\.1:\\d+)/metadata");

  private static final String ALWAYS_CACHED = "-Xshare:on";

  /** Of both shells; the first leaves a process behind, as careless ones do. */
  private static final String HOOK =
      """
      #!/bin/sh
      . /usr/lib/drainwatch/drain.sh
      drain_log "user $(id -u), $(date +%Y), locale $LANG"
      touch /etc/written /usr/lib/drainwatch/written && drain_failed "the root can be written"
      touch /tmp/written || drain_failed "/tmp cannot be written"
      (sleep 0.2 >/dev/null 2>&1 &)
      """;

  private static final String BASH_HOOK =
      """
      #!/bin/bash
      set -euo pipefail
      words=(drained "$DRAIN_EVENT_TYPE" "$(drainwatch context get .vm.name)")
      echo "${words[*]}"
      """;

  @TempDir(cleanup = CleanupMode.ALWAYS)
  static Path directory;

  private static UnpackedImage image;

  @BeforeAll
  static void unpack() throws Exception {
    Optional<String> obstacle = Box.obstacle();
    assumeTrue(obstacle.isEmpty(), () -> "cannot start the image: " + obstacle.orElseThrow());
    image = UnpackedImage.into(directory);
    hook("50-shell", HOOK);
    hook("60-bash", BASH_HOOK);
    // as the kubelet mounts it: a file
    Files.writeString(
        image.root().resolve("etc/drainwatch/drainwatch.yml"), "drainwatch: {dry-run: false}\n");
  }

  private static void hook(String name, String script) throws Exception {
    Path hook = image.root().resolve("etc/drainwatch/hooks.d/drain").resolve(name);
    Files.createDirectories(hook.getParent());
    Files.writeString(hook, script);
    Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void saysItsVersion() throws Exception {
    try (Box box = Box.run(image, NOTHING, "--version")) {
      assertThat(box.code()).as(box.said()).isZero();
      assertThat(box.said()).startsWith("drainwatch ").contains("Java 25");
    }
  }

  /** Where it cannot be used, -Xshare:on ends the JVM. */
  @Test
  void usesItsCache() throws Exception {
    assumeTrue(Order.fromProperties().model().isPresent(), "made without a cache");
    for (String command : List.of("version", "drainer")) {
      try (Box box =
          Box.run(image, Map.of("DRAINWATCH_JAVA_OPTIONS", ALWAYS_CACHED), command, "--help")) {
        assertThat(box.code()).as(box.said()).isZero();
      }
    }
    Map<String, String> otherJava =
        Map.of("DRAINWATCH_JAVA_OPTIONS", ALWAYS_CACHED + " -XX:-UseCompressedOops");
    try (Box box = Box.run(image, otherJava, "version")) {
      assertThat(box.code()).as("so that the above proves something").isNotZero();
    }
  }

  /** As the chart gives the drainer; and one by which no cache fits. */
  @Test
  void startsWithoutAWordWithOtherOptions() throws Exception {
    for (String options : List.of("-Xmx256m", "-XX:-UseCompressedOops")) {
      try (Box box =
          Box.run(image, Map.of("DRAINWATCH_JAVA_OPTIONS", options), "drainer", "--help")) {
        assertThat(box.code()).as(box.said()).isZero();
        assertThat(box.said()).startsWith("Usage:");
      }
    }
  }

  @Test
  void bringsTheDrainer() throws Exception {
    try (Box box = Box.run(image, NOTHING, "drainer", "--help")) {
      assertThat(box.code()).as(box.said()).isZero();
      assertThat(box.said()).contains("form controller");
    }
  }

  @Test
  void bringsThePartThatAsksAzure() throws Exception {
    try (Box box = Box.run(image, NOTHING, "azure", "doctor", "--help")) {
      assertThat(box.code()).as(box.said()).isZero();
      assertThat(box.said()).contains("--credential");
    }
  }

  /** Up to Resource Manager, where nobody is: the login before it is the metadata service's. */
  @Test
  void logsInAtTheMetadataServiceAndAsksAzure() throws Exception {
    assumeTrue(Boolean.getBoolean("image.with-azure"), "built without the part that asks Azure");
    AtomicInteger asked = new AtomicInteger();
    HttpServer metadata = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    metadata.createContext(
        "/metadata/identity/oauth2/token",
        exchange -> {
          asked.incrementAndGet();
          byte[] token =
              "{\"access_token\":\"not-to-be-seen\",\"expires_in\":\"3600\",\"expires_on\":\"4000000000\",\"resource\":\"r\",\"token_type\":\"Bearer\"}"
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, token.length);
          exchange.getResponseBody().write(token);
          exchange.close();
        });
    metadata.start();
    Map<String, String> environment =
        Map.of(
            "AZURE_POD_IDENTITY_AUTHORITY_HOST",
            "http://127.0.0.1:" + metadata.getAddress().getPort());
    try (Box box =
        Box.run(
            image,
            environment,
            "azure",
            "members",
            "--credential",
            "managed-identity",
            "--endpoint",
            "https://127.0.0.1:1",
            "--vmss",
            "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/pool")) {
      assertThat(box.code()).as(box.said()).isEqualTo(6);
      assertThat(box.said())
          .contains("Look at network, DNS and proxy")
          .doesNotContain("not-to-be-seen");
      assertThat(asked).hasValue(1);
    } finally {
      metadata.stop(0);
    }
  }

  @Test
  void keepsThePartThatAsksAzureOffTheClassPath() throws Exception {
    try (Stream<Path> jars = Files.list(image.root().resolve("usr/lib/drainwatch/lib"))) {
      assertThat(jars.map(jar -> jar.getFileName().toString()))
          .isNotEmpty()
          .noneMatch(name -> name.startsWith("azure-") || name.startsWith("msal4j"))
          .noneMatch(name -> name.startsWith("drainwatch-azure"));
    }
  }

  @Test
  void drainsAndAcknowledgesWithAReadOnlyRoot() throws Exception {
    try (Box simulator =
        Box.run(image, NOTHING, "simulate", "--event", "Reboot", "--notice", "60s")) {
      Map<String, String> environment =
          Map.of(
              "DRAINWATCH_METADATA_URL", address(simulator),
              // as in the chart: an emptyDir itself can be written by everybody
              "DRAINWATCH_STATE_DIR", "/var/lib/drainwatch/state",
              "MICRONAUT_SERVER_PORT", "-1");
      try (Box daemon =
          Box.run(image, environment, "run", "--config", "/etc/drainwatch/drainwatch.yml")) {
        await()
            .atMost(Duration.ofSeconds(60))
            .untilAsserted(
                () ->
                    assertThat(simulator.said())
                        .as(() -> says(daemon))
                        .contains(" is acknowledged by "));
        assertThat(daemon.said())
            .contains("user 65532, 20", "locale C.UTF-8", "drained Reboot vm_0")
            .contains("/etc/written: Read-only file system")
            .doesNotContain("ERROR");
        assertThat(daemon.processes()).contains("java");
        await()
            .atMost(Duration.ofSeconds(10))
            .untilAsserted(
                () ->
                    assertThat(daemon.processes())
                        .as("orphans of hooks are collected")
                        .containsExactlyInAnyOrder("tini", "java"));
        daemon.stop();
        assertThat(daemon.code()).as("ended by SIGTERM").isEqualTo(143);
      }
    }
  }

  /** The chart's drainer has no /tmp. There is no API server here; it waits for one. */
  @Test
  void startsTheDrainerWithNothingToWriteToButItsState() throws Exception {
    Path kubeconfig = image.root().resolve("etc/drainwatch/kubeconfig");
    Files.writeString(
        kubeconfig,
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: c, cluster: {server: "http://127.0.0.1:9"}}]
        contexts: [{name: c, context: {cluster: c, user: u}}]
        users: [{name: u, user: {}}]
        current-context: c
        """);
    Map<String, String> environment =
        Map.of(
            "DRAINWATCH_KUBERNETES_FORM", "controller",
            "DRAINWATCH_KUBERNETES_KUBECONFIG", "/etc/drainwatch/kubeconfig",
            "DRAINWATCH_KUBERNETES_NAMESPACE", "drainwatch",
            "DRAINWATCH_KUBERNETES_POD_NAME", "drainwatch-drainer-0",
            "DRAINWATCH_KUBERNETES_NODE_NAME", "node-0",
            "DRAINWATCH_STATE_DIR", "/var/lib/drainwatch/state",
            "MICRONAUT_SERVER_PORT", "-1",
            "DRAINWATCH_JAVA_OPTIONS", "-Xmx256m");
    List<String> command = new ArrayList<>(image.texts("Entrypoint"));
    command.addAll(List.of("drainer", "--config", "/etc/drainwatch/drainwatch.yml"));
    try (Box box = Box.start(image, List.of("/var/lib/drainwatch"), environment, command)) {
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(box.said()).contains("metrics on http://127.0.0.1:"));
      assertThat(box.said()).doesNotContain("Read-only file system");
      box.stop();
      assertThat(box.code()).as("ended by SIGTERM: " + box.said()).isEqualTo(143);
    }
  }

  private static String address(Box simulator) {
    await().atMost(Duration.ofSeconds(30)).until(() -> ADDRESS.matcher(simulator.said()).find());
    Matcher matcher = ADDRESS.matcher(says(simulator));
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  private static String says(Box box) {
    try {
      return box.said();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void hasEveryToolThatItSaysItHas() throws Exception {
    String script =
        "for tool in /usr/bin/*; do test -x \"$tool\" || echo \"broken $tool\"; "
            + "case $(readlink \"$tool\") in busybox) busybox --list | grep -qxF \"${tool##*/}\" "
            + "|| echo \"not in busybox: $tool\";; esac; done";
    try (Box box = Box.start(image, Box.VOLUMES, NOTHING, List.of("/bin/sh", "-c", script))) {
      assertThat(box.code()).isZero();
      assertThat(box.said()).isEmpty();
    }
  }

  @Test
  void isReadyForAnOrdinaryUser() {
    assertThat(image.config().get("User").asText()).isEqualTo("65532:65532");
    assertThat(image.texts("Cmd")).containsExactly("run");
    assertThat(image.config().get("Labels").get("org.opencontainers.image.licenses").asText())
        .isEqualTo("Apache-2.0");
  }
}

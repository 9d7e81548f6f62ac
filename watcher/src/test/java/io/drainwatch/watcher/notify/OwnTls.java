package io.drainwatch.watcher.notify;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A key and a certificate made for one test, by the JDK's own tool. */
record OwnTls(Path keys, Path certificate) {
  static final String PASSWORD = "changeit";
  private static final String ALIAS = "test";

  /**
   * @param host the certificate is for
   */
  static OwnTls in(Path directory, String host) throws Exception {
    Path keys = directory.resolve("keys-" + host + ".p12");
    Path certificate = directory.resolve("ca-" + host + ".pem");
    String kind = host.matches("[0-9.]+") ? "ip:" : "dns:";
    run(keys, "-genkeypair", "-keyalg", "EC", "-dname", "CN=test", "-ext", "san=" + kind + host);
    KeyStore store = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
    Files.writeString(
        certificate,
        "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
            .formatted(
                Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(store.getCertificate(ALIAS).getEncoded())));
    return new OwnTls(keys, certificate);
  }

  private static void run(Path keys, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(
        List.of(
            "-alias",
            ALIAS,
            "-keystore",
            keys.toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD,
            "-J-XX:TieredStopAtLevel=1",
            "-J-XX:+UseSerialGC"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new AssertionError("keytool: " + said);
    }
  }
}

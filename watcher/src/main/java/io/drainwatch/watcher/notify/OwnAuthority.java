package io.drainwatch.watcher.notify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.TrustManagerFactory;

/** Certificates of authorities in a PEM file: they and no others are trusted. */
final class OwnAuthority {
  private OwnAuthority() {}

  /**
   * @throws IOException no certificate can be read there
   */
  static TrustManagerFactory read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("ca-" + number++, each);
      }
      if (number == 0) {
        throw new IOException("the CA file " + file + " holds no certificate");
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory;
    } catch (NoSuchFileException | AccessDeniedException e) {
      throw new IOException("the CA file " + file + " cannot be read", e);
    } catch (GeneralSecurityException e) {
      throw new IOException("the CA file " + file + " cannot be used: " + e.getMessage(), e);
    }
  }
}

package io.drainwatch.drainer.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** TLS before a port of this machine: what comes is passed on, and what is answered comes back. */
final class TlsFront {
  private static final int BUFFER = 16_384;

  private final SSLServerSocket listening;
  private final int behind;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * @param keys PKCS 12
   */
  TlsFront(Path keys, String password, int behind) throws IOException, GeneralSecurityException {
    this.behind = behind;
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, password.toCharArray());
    }
    KeyManagerFactory keyManagers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keyManagers.init(store, password.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keyManagers.getKeyManagers(), null, null);
    listening =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    workers.execute(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  private void accept() {
    while (true) {
      try {
        Socket caller = listening.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), behind);
        workers.execute(() -> pass(caller, server));
        workers.execute(() -> pass(server, caller));
      } catch (IOException e) {
        System.err.println("a connection with TLS failed: " + e.getMessage());
      }
    }
  }

  /** When one direction ends, both do. */
  private static void pass(Socket from, Socket to) {
    byte[] piece = new byte[BUFFER];
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int length = in.read(piece); length > 0; length = in.read(piece)) {
        out.write(piece, 0, length);
      }
    } catch (IOException e) {
      // the other side has gone: watches end so
    }
  }
}

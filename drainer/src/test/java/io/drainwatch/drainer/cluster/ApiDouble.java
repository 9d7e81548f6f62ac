package io.drainwatch.drainer.cluster;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

/** An API server that says byte by byte what a test wants, and remembers what it was asked. */
final class ApiDouble implements AutoCloseable {
  private static final ThreadLocal<Request> CURRENT = new ThreadLocal<>();

  private final ServerSocket server;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  ApiDouble() {
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  record Request(String method, String path, Map<String, String> headers, String body) {
    boolean isWatch() {
      return path.contains("watch=true");
    }
  }

  /** One answer; what it does not write, nobody does. */
  interface Answer {
    void to(Socket socket) throws IOException;
  }

  private record Rule(Predicate<Request> when, Queue<Answer> answers) {
    // the last one answers for ever
    synchronized Answer next() {
      return answers.size() > 1 ? answers.remove() : answers.element();
    }
  }

  /** Answers in turn; the last one again and again. The newest rule that matches counts. */
  ApiDouble when(Predicate<Request> when, Answer... answers) {
    rules.addFirst(new Rule(when, new ArrayDeque<>(List.of(answers))));
    return this;
  }

  ApiDouble when(String method, Answer... answers) {
    return when(request -> request.method().equals(method) && !request.isWatch(), answers);
  }

  ApiDouble whenWatched(Answer... answers) {
    return when(Request::isWatch, answers);
  }

  /** What is being answered, for answers that depend on it. */
  static Request current() {
    return CURRENT.get();
  }

  List<Request> requests() {
    return List.copyOf(requests);
  }

  List<Request> requests(Predicate<Request> which) {
    return requests.stream().filter(which).toList();
  }

  String address() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  static Answer json(int status, String body, String... headers) {
    return text(status, "application/json", body, headers);
  }

  static Answer text(int status, String type, String body, String... headers) {
    return socket -> write(socket, head(status, type, bytes(body).length, headers) + body);
  }

  /** The body ends before its announced length. */
  static Answer truncated(int status, String body) {
    return socket -> {
      write(socket, head(status, "application/json", bytes(body).length + 100) + body);
      socket.close();
    };
  }

  /** Reset after the request was read, without a byte of an answer. */
  static Answer reset() {
    return socket -> {
      socket.setSoLinger(true, 0);
      socket.close();
    };
  }

  /** Never answers. */
  Answer silence() {
    return socket -> awaitClosed();
  }

  /** Begins, and never ends. */
  Answer stuck(int status, String beginning) {
    return socket -> {
      write(socket, head(status, "application/json", bytes(beginning).length + 100) + beginning);
      awaitClosed();
    };
  }

  static String head(int status, String type, long length, String... headers) {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " x\r\nContent-Type: " + type);
    for (String header : headers) {
      head.append("\r\n").append(header);
    }
    if (length >= 0) {
      head.append("\r\nContent-Length: ").append(length);
    }
    return head + "\r\n\r\n";
  }

  static void write(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes(text));
    out.flush();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void awaitClosed() throws IOException {
    try {
      closed.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      while (!socket.isClosed()) {
        Request request = read(in);
        Rule rule =
            rules.stream()
                .filter(each -> each.when().test(request))
                .findFirst()
                .orElse(new Rule(each -> true, new ArrayDeque<>(List.of(json(501, "{}")))));
        requests.add(request);
        CURRENT.set(request);
        rule.next().to(socket);
      }
    } catch (IOException e) {
      // the client is gone, or the answer was to break off
    }
  }

  private static Request read(InputStream in) throws IOException {
    String[] first = line(in).split(" ");
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return new Request(first[0], first[1], headers, body);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int each = in.read(); each != '\n'; each = in.read()) {
      if (each < 0) {
        throw new IOException("closed");
      }
      line.append((char) each);
    }
    return line.toString().strip();
  }
}

package io.drainwatch.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One window, and all that a browser complains of in it: errors in the console (what the content
 * security policy refuses is one), uncaught exceptions, addresses that are not the daemon's.
 */
final class Window implements AutoCloseable {
  /** A machine that does other things beside is slow. */
  static final int PATIENCE = 30_000;

  private static final String MARK = "window.notLoadedAnew = true";
  private static final String IS_MARKED = "window.notLoadedAnew === true";

  private final BrowserContext context;
  private final Page page;
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  private Window(BrowserContext context, Page page) {
    this.context = context;
    this.page = page;
  }

  static Window open(BrowserContext context, URI address) {
    context.setDefaultTimeout(PATIENCE);
    Page page = context.newPage();
    Window window = new Window(context, page);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            window.complaints.add(message.text());
          }
        });
    page.onPageError(error -> window.complaints.add("uncaught: " + error));
    page.onRequest(
        request -> {
          if (!request.url().startsWith(address.toString())) {
            window.complaints.add("asks elsewhere: " + request.url());
          }
        });
    page.navigate(address.toString());
    return window;
  }

  Page page() {
    return page;
  }

  /** From here on {@link #isNotLoadedAnew} says whether it is still the same document. */
  Window mark() {
    page.evaluate(MARK);
    return this;
  }

  boolean isNotLoadedAnew() {
    return page.evaluate(IS_MARKED).equals(true);
  }

  /** So that a test that takes a connection away can say that this is all there was. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  void hasNoComplaints() {
    assertThat(complaints).isEmpty();
  }

  /** What axe-core finds, a line each; run from outside of the page's own policy. */
  List<String> violations() {
    page.evaluate(axe());
    Object found =
        page.evaluate(
            """
            async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
              .flatMap(v => v.nodes.map(n => v.id + ": " + n.html + " " + n.failureSummary))
            """);
    return ((List<?>) found).stream().map(String::valueOf).toList();
  }

  private static String axe() {
    try (InputStream in =
        Objects.requireNonNull(Window.class.getResourceAsStream("/axe.min.js"), "axe.min.js")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isNoWiderThanItsWindow() {
    return page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        .equals(true);
  }

  @Override
  public void close() {
    context.close();
  }
}

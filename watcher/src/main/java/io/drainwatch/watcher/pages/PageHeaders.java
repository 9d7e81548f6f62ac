package io.drainwatch.watcher.pages;

import java.util.Map;

/**
 * What a browser is told with each page. Nothing but our own files is loaded, nothing inline runs
 * or styles, nobody frames the page, no form goes anywhere else, and no address of it is told to
 * another site. The text of a script, should it ever get into a page unescaped, would still not
 * run.
 */
public final class PageHeaders {
  public static final String POLICY =
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  /** For what is no page: nothing of it is to be run, shown or framed. */
  public static final String NOTHING = "default-src 'none'; frame-ancestors 'none'; sandbox";

  public static final Map<String, String> ALL =
      Map.of(
          "Content-Security-Policy", POLICY,
          "Referrer-Policy", "no-referrer",
          "X-Frame-Options", "DENY",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Cache-Control", "no-store");

  private PageHeaders() {}
}

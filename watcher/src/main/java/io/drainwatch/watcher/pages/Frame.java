package io.drainwatch.watcher.pages;

import java.time.Instant;
import java.util.List;

/**
 * What is around the content of a page: {@code head} and {@code foot} among the templates.
 * Addresses are relative, so that a page may stand behind somebody's proxy.
 *
 * @param title of the window
 * @param subject whose page it is, in the header: a VM, a cluster
 * @param kind what the page is, in a word or two
 * @param version of Drainwatch
 * @param at when it was put together
 * @param fragment where the inside of {@code main} is had anew, as HTML; the page's own query is
 *     added to it
 * @param stream server-sent events after each of which the fragment is fetched; empty: the fragment
 *     says itself how often, in {@code data-every}
 * @param styles further style sheets, such as {@code fleet.css}
 */
public record Frame(
    String title,
    String subject,
    String kind,
    String version,
    Instant at,
    String fragment,
    String stream,
    List<String> styles) {

  public Frame {
    styles = List.copyOf(styles);
  }

  /** For people who look at a page that no script keeps up to date. */
  public String moment() {
    return ShownTime.moment(at);
  }
}

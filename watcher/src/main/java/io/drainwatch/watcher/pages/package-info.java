/**
 * What every page is made of: templates, the frame around them, styles and the one script, headers
 * that shut out everything else. Knows neither HTTP server nor what is shown. Every text in a page
 * is HTML-escaped by the template; what comes from outside passes {@link
 * io.drainwatch.watcher.pages.ShownText} before. Nothing is loaded from anywhere else, nothing is
 * inline, and a page changes nothing.
 */
@NullMarked
package io.drainwatch.watcher.pages;

import org.jspecify.annotations.NullMarked;

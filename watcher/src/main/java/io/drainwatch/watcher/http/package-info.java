/**
 * The endpoints of architecture.md, "HTTP": health, metrics, status, history, stream, and the two
 * commands of an operator. On loopback unless told otherwise. A GET changes nothing; anything else
 * needs the token, whatever its path. Answers are JSON, errors too, with what and why and never a
 * stack trace; nothing is to be cached.
 */
@NullMarked
package io.drainwatch.watcher.http;

import org.jspecify.annotations.NullMarked;

package io.drainwatch.watcher.notify;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The way to a receiver.
 *
 * @param name in logs
 * @param timeout for a request as a whole
 * @param proxy {@code http://host:port}
 * @param caFile certificates in PEM that alone are trusted; empty: the system's
 */
public record Wire(String name, Duration timeout, Optional<URI> proxy, Optional<Path> caFile) {}

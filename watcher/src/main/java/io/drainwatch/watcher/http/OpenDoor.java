package io.drainwatch.watcher.http;

import java.nio.channels.ServerSocketChannel;

/**
 * A socket that listens already. A server that is started with it takes it over, with whoever waits
 * there, and listens nowhere else.
 */
public record OpenDoor(ServerSocketChannel socket) {}

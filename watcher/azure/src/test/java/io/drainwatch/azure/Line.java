package io.drainwatch.azure;

import java.io.IOException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * What all clients of one {@link Arm} ask through. Whoever is tired of waiting for an answer does
 * not stop at that moment: one more page may be asked for, and what was sent may still arrive. So
 * it tells whether the stub is free of them, and lets nothing through afterwards.
 */
final class Line implements Interceptor {
  /** For reading: one request; for writing: the end. */
  private final ReadWriteLock requests = new ReentrantReadWriteLock();

  private boolean isCut;
  private volatile boolean someoneGaveUp;

  @Override
  public Response intercept(Chain chain) throws IOException {
    requests.readLock().lock();
    try {
      if (isCut) {
        throw new IOException("the test that asks is over");
      }
      return chain.proceed(chain.request());
    } catch (IOException | RuntimeException e) {
      someoneGaveUp = true;
      throw e;
    } finally {
      requests.readLock().unlock();
    }
  }

  /**
   * When it returns nothing is under way, and nothing will be.
   *
   * @return every request was answered, so none can arrive later
   */
  boolean cut() {
    requests.writeLock().lock();
    try {
      isCut = true;
      return !someoneGaveUp;
    } finally {
      requests.writeLock().unlock();
    }
  }
}

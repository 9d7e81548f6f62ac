package io.drainwatch.watcher.http;

import io.drainwatch.watcher.drainer.Drainer;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/** What the endpoints need beside the {@link Drainer} given. */
@Factory
@Requires(beans = Drainer.class)
final class DrainerFactory {

  /** Written nowhere, so nobody has it: a drainer takes no command over HTTP. */
  @Singleton
  AccessToken token() {
    return AccessToken.fresh();
  }
}

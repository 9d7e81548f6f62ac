/**
 * A small Kubernetes cluster for tests, with the rules of the real one that a drain runs into:
 * UIDs, versions, budgets and what they forget, graceful deletion, kubelets, controllers, the
 * eviction subresource. {@link io.drainwatch.drainer.model.ModelCluster} is the state under a
 * virtual clock, deterministic and without threads; {@link io.drainwatch.drainer.model.ModelApi} is
 * the drain's own seam on top of it, in memory; {@code ModelServer} is the same behind a socket.
 */
@NullMarked
package io.drainwatch.drainer.model;

import org.jspecify.annotations.NullMarked;

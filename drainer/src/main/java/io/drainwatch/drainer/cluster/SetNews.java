package io.drainwatch.drainer.cluster;

import io.drainwatch.drainer.scaledown.Notice;
import io.drainwatch.drainer.scaledown.SetId;

/** An Event on a StatefulSet, to be sent (events.k8s.io/v1). */
public record SetNews(Notice notice, SetId set, String detail) {}

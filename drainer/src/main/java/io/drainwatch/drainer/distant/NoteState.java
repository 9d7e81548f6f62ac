package io.drainwatch.drainer.distant;

import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.ObservationNote;
import io.drainwatch.drainer.nodes.ObservationNote.Ack;
import io.drainwatch.drainer.nodes.ObservationNote.Health;
import io.drainwatch.drainer.nodes.ObservationNote.HookNote;
import io.drainwatch.drainer.nodes.ObservationWriting;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the observation is made of beside the core's own state, and how far its writing is.
 *
 * @param planned hooks of the open episode that have scripts
 * @param hooks as noted last, for their moments
 * @param acks sent, by what was answered; oldest first
 * @param gone ids by key: events that the core held for gone, also of episodes it has let go. The
 *     drainer may not have heard yet
 * @param absentSince by key, of events that the record goes by and the core does not know: when the
 *     first document was read that is without it
 * @param base the newest version that a patch can be made from
 * @param answered the question on the Node that what was written last answers
 * @param sent under way
 * @param reading a read is under way
 * @param failures in a row
 * @param notBefore of the next try
 */
record NoteState(
    Health health,
    Set<Hook> planned,
    Map<Hook, HookNote> hooks,
    List<Ack> acks,
    Map<String, String> gone,
    Map<String, Instant> absentSince,
    Optional<NodeFacts> base,
    ObservationWriting writing,
    Optional<String> answered,
    Optional<ObservationNote> sent,
    boolean reading,
    int failures,
    Instant notBefore) {
  static final NoteState NOTHING =
      new NoteState(
          Health.WARMING,
          Set.of(),
          Map.of(),
          List.of(),
          Map.of(),
          Map.of(),
          Optional.empty(),
          ObservationWriting.NOTHING_YET,
          Optional.empty(),
          Optional.empty(),
          false,
          0,
          Instant.MIN);

  NoteState {
    planned = Set.copyOf(planned);
    hooks = Map.copyOf(hooks);
    acks = List.copyOf(acks);
    gone = Map.copyOf(gone);
    absentSince = Map.copyOf(absentSince);
  }
}

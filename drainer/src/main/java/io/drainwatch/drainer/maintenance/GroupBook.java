package io.drainwatch.drainer.maintenance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Takes in who is in this machine's group, from whoever can see that; the hook peer-added then runs
 * for those that are new or back, all of one look together, each once ({@link Removals}).
 *
 * <p>The first look after nothing was known tells of nobody. Before it is known which machine this
 * is nothing counts, for the new VM is not told of itself (SS06).
 */
final class GroupBook {
  private GroupBook() {}

  static void read(Fold fold, List<GroupMember> told) {
    if (fold.machine().isEmpty()) {
      return;
    }
    Machine self = fold.machine().get();
    List<GroupMember> seen = Group.others(told, self);
    if (seen.size() > Group.MOST_MEMBERS) {
      boolean isNews = fold.peers().group().isPresent();
      if (isNews) {
        fold.say(Reason.TOO_MANY_PEERS, "the group has " + seen.size() + " other VMs");
        fold.peers(fold.peers().withoutGroup());
      }
      return;
    }
    Peers before = fold.peers().machine().isEmpty() ? fold.peers().seenBy(self) : fold.peers();
    fold.peers(
        before
            .group()
            .map(
                group ->
                    before
                        .with(group.after(seen))
                        .with(waiting(before, group.news(seen), fold.now)))
            .orElseGet(() -> before.with(Group.of(seen))));
  }

  // Who was out of sight for a moment while it is told of is told of once.
  private static List<PeerEvent> waiting(Peers before, List<GroupMember> news, Instant now) {
    List<PeerEvent> events = new ArrayList<>(before.events());
    for (int from = 0; from < news.size(); from += PeerEvent.MOST_VMS) {
      PeerEvent added =
          PeerEvent.added(
              news.subList(from, Math.min(news.size(), from + PeerEvent.MOST_VMS)), now);
      if (!isBeingTold(before, added)) {
        events.add(added);
      }
    }
    return events;
  }

  private static boolean isBeingTold(Peers before, PeerEvent added) {
    return Stream.concat(before.removal().map(Removal::of).stream(), before.events().stream())
        .anyMatch(each -> each.hasId(added.event().id()) && each.vms().equals(added.vms()));
  }
}

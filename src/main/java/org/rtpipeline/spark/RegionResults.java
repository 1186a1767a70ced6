package org.rtpipeline.spark;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What was computed for single regions of a course. A region that is not known, or whose
 * computation broke, is computed when it is asked for.
 */
final class RegionResults implements Serializable {

  private static final long serialVersionUID = 1L;

  private final HashMap<Key, Serializable> known = new HashMap<>();

  /**
   * A region as one stage sees it.
   *
   * @param stageKey digest of everything the result depends on, the bytes of the objects too
   * @param setUid structure set
   * @param roi ROI number
   * @param imageUid image series; empty for a stage that looks at one image alone
   */
  record Key(String stageKey, String setUid, int roi, String imageUid) implements Serializable {}

  /** The result of a region: the one that is known, else computed now and known from then on. */
  <T extends Serializable> T of(Key key, Class<T> type, Supplier<T> computation) {
    Optional<T> before = Optional.ofNullable(known.get(key)).map(type::cast);
    return before.orElseGet(
        () -> {
          T now = computation.get();
          known.put(key, now);
          return now;
        });
  }

  /** Takes over what another part of the course has computed. */
  void add(RegionResults others) {
    known.putAll(others.known);
  }
}

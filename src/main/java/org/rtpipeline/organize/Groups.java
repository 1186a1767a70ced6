package org.rtpipeline.organize;

import java.util.HashMap;
import java.util.Map;

/**
 * Which names belong together. The representative of a group is its least name, so that the order
 * of joining never shows.
 */
final class Groups {

  private final Map<String, String> parents = new HashMap<>();

  /** The least name of the group a name is in. */
  String of(String name) {
    String root = name;
    for (String up = parents.get(root); up != null; up = parents.get(root)) {
      root = up;
    }
    for (String at = name; !at.equals(root); ) {
      String up = parents.put(at, root);
      at = up == null ? root : up;
    }
    return root;
  }

  /** Makes one group of the groups of two names. */
  void join(String one, String other) {
    String a = of(one);
    String b = of(other);
    int order = a.compareTo(b);
    if (order < 0) {
      parents.put(b, a);
    } else if (order > 0) {
      parents.put(a, b);
    }
  }
}

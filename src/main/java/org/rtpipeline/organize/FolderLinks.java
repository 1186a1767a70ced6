package org.rtpipeline.organize;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.rtpipeline.model.CourseLink;

/**
 * Groups by the folders that their files lie in: for data whose UIDs were destroyed, so that
 * nothing else leads from a dose to its structure set.
 *
 * <p>The folder itself is asked first, then the folders beside it, above it and right below it.
 */
final class FolderLinks {

  private final Map<String, Set<String>> inside = new TreeMap<>();
  private final Map<String, Set<String>> near = new TreeMap<>();

  /** Adds a file of a group. */
  void add(String uri, String group) {
    String folder = folder(uri);
    inside.computeIfAbsent(folder, x -> new TreeSet<>()).add(group);
    near.computeIfAbsent(folder, x -> new TreeSet<>()).add(group);
    near.computeIfAbsent(folder(folder), x -> new TreeSet<>()).add(group);
  }

  /** Groups with a file in the folder of a file; where there is none, groups with one near it. */
  Placement.Candidates candidates(String uri) {
    String folder = folder(uri);
    Set<String> groups = new TreeSet<>(inside.getOrDefault(folder, Set.of()));
    if (groups.isEmpty()) {
      groups.addAll(near.getOrDefault(folder, Set.of()));
      groups.addAll(near.getOrDefault(folder(folder), Set.of()));
    }
    Map<String, String> unnamed = new TreeMap<>();
    groups.forEach(group -> unnamed.put(group, ""));
    return new Placement.Candidates(CourseLink.Rule.FOLDER, unnamed);
  }

  private static String folder(String uri) {
    int slash = uri.lastIndexOf('/');
    return slash < 0 ? "" : uri.substring(0, slash);
  }
}

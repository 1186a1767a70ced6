package org.rtpipeline.structures;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.rtpipeline.model.PartialName;

/**
 * Spellings under which a structure is found: letters and digits alone, in lower case, without the
 * marks that tools add ({@code __partial}, a task before {@code --}, a leading {@code total}).
 */
final class StructureAliases {

  private static final String TASK = "total";

  private StructureAliases() {}

  /** The spellings of a name, the closest first; never empty strings. */
  static List<String> of(String name) {
    String bare = PartialName.whole(name);
    Set<String> aliases = new LinkedHashSet<>();
    add(aliases, bare);
    for (String separator : List.of("--", "__")) {
      int at = bare.lastIndexOf(separator);
      if (at >= 0) {
        add(aliases, bare.substring(at + separator.length()));
      }
    }
    return List.copyOf(aliases);
  }

  private static void add(Set<String> aliases, String name) {
    StringBuilder letters = new StringBuilder();
    name.toLowerCase(Locale.ROOT)
        .chars()
        .filter(Character::isLetterOrDigit)
        .forEach(c -> letters.append((char) c));
    String alias = letters.toString();
    if (!alias.isEmpty()) {
      aliases.add(alias);
    }
    if (alias.startsWith(TASK) && alias.length() > TASK.length()) {
      aliases.add(alias.substring(TASK.length()));
    }
  }
}

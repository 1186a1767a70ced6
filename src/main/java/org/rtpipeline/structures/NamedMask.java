package org.rtpipeline.structures;

import java.util.List;
import org.rtpipeline.geometry.VoxelMask;

/**
 * A structure as a mask on the grid that derivation works on.
 *
 * @param name as in its structure set
 * @param aliases further names it is known by
 * @param mask its voxels
 */
public record NamedMask(String name, List<String> aliases, VoxelMask mask) {

  /** Copies the list. */
  public NamedMask {
    aliases = List.copyOf(aliases);
  }
}

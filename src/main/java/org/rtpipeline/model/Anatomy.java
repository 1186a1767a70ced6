package org.rtpipeline.model;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of normal anatomy, whoever wrote them, as those of TotalSegmentator.
 *
 * <p>Known are the names of TotalSegmentator, those of TG-263 (AAPM report 263) and usual clinical
 * ones. Case, separators and the marks that tools add are left out of account; anything else that a
 * name holds ({@code Heart_PRV}, {@code Lung_L-PTV}) makes it another structure. Pairs and wholes
 * that TotalSegmentator has only in parts keep a name of their own: {@code lungs}, {@code kidneys},
 * {@code hips}, {@code femur_heads}.
 */
public final class Anatomy {

  private static final Pattern PREFIX = Pattern.compile("^(total--|ts_|auto_|totalsegmentator_)");
  private static final Pattern VERTEBRA =
      Pattern.compile("(?:vertebrae?|vb|vertebralbody)(c[1-7]|th?(?:1[0-2]|[1-9])|l[1-5]|s1)");
  private static final Pattern SIDED = Pattern.compile("(.+?)(left|right|lt|rt|l|r)");

  /** Parts of TotalSegmentator that other names share letter for letter. */
  private static final List<String> OWN =
      List.of(
          "lung_upper_lobe_left",
          "lung_lower_lobe_left",
          "lung_upper_lobe_right",
          "lung_middle_lobe_right",
          "lung_lower_lobe_right",
          "inferior_vena_cava",
          "superior_vena_cava",
          "portal_vein_and_splenic_vein",
          "sacrum",
          "brain",
          "brainstem",
          "skull",
          "mandible",
          "heart",
          "liver",
          "spleen",
          "aorta",
          "urinary_bladder",
          "lungs",
          "kidneys",
          "hips",
          "femur_heads");

  private static final Map<String, String> WHOLE =
      Map.ofEntries(
          Map.entry("bladder", "urinary_bladder"),
          Map.entry("bonemandible", "mandible"),
          Map.entry("aaorta", "aorta"),
          Map.entry("vvenacavainf", "inferior_vena_cava"),
          Map.entry("vvenacavai", "inferior_vena_cava"),
          Map.entry("venacavainf", "inferior_vena_cava"),
          Map.entry("ivc", "inferior_vena_cava"),
          Map.entry("vportal", "portal_vein_and_splenic_vein"),
          Map.entry("veinportal", "portal_vein_and_splenic_vein"),
          Map.entry("bonepelvic", "hips"),
          Map.entry("bonepelvis", "hips"),
          Map.entry("femurheads", "femur_heads"),
          Map.entry("femoralheads", "femur_heads"));

  private static final Map<String, String> PAIRED =
      Map.ofEntries(
          Map.entry("lung", "lung"),
          Map.entry("parotid", "parotid_gland"),
          Map.entry("parotidgland", "parotid_gland"),
          Map.entry("glndparotid", "parotid_gland"),
          Map.entry("kidney", "kidney"),
          Map.entry("hip", "hip"),
          Map.entry("pelvis", "hip"),
          Map.entry("femur", "femur"),
          Map.entry("femurhead", "femur_head"),
          Map.entry("femoralhead", "femur_head"),
          Map.entry("headoffemur", "femur_head"),
          Map.entry("clavicula", "clavicula"),
          Map.entry("clavicle", "clavicula"));

  private static final Map<String, String> KNOWN = known();

  private Anatomy() {}

  private static Map<String, String> known() {
    Map<String, String> known = new HashMap<>(WHOLE);
    OWN.forEach(name -> known.put(letters(name), name));
    return Map.copyOf(known);
  }

  /** The name that TotalSegmentator gives to what a ROI is called; empty for all else. */
  public static Optional<String> of(String roiName) {
    String lower =
        PartialName.whole(
            PREFIX.matcher(roiName.strip().toLowerCase(Locale.ROOT)).replaceFirst(""));
    if (lower.contains("-") || lower.contains("+")) {
      return Optional.empty();
    }
    String letters = letters(lower);
    String known = KNOWN.get(letters);
    if (known != null) {
      return Optional.of(known);
    }
    Matcher vertebra = VERTEBRA.matcher(letters);
    if (vertebra.matches()) {
      String level = vertebra.group(1).replace("th", "t").toUpperCase(Locale.ROOT);
      return Optional.of("vertebrae_" + level);
    }
    Matcher sided = SIDED.matcher(letters);
    if (!sided.matches()) {
      return Optional.empty();
    }
    String side = sided.group(2).startsWith("l") ? "_left" : "_right";
    return Optional.ofNullable(PAIRED.get(sided.group(1))).map(name -> name + side);
  }

  private static String letters(String name) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
        letters.append(c);
      }
    }
    return letters.toString();
  }
}

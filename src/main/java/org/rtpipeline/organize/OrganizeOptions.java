package org.rtpipeline.organize;

import java.io.Serializable;
import java.util.List;

/**
 * How courses are formed and how their dose is chosen.
 *
 * @param mergeRule when linked groups of a patient are one course
 * @param maxDays most days between the first and the last plan of what the merge rule joins; 0 for
 *     no limit
 * @param folders whether the folder may link what UIDs do not
 * @param relativeDoses what becomes of doses without a unit
 * @param doseChoices what the user decided about single doses
 */
public record OrganizeOptions(
    MergeRule mergeRule,
    int maxDays,
    Folders folders,
    RelativeDoses relativeDoses,
    List<DoseChoice> doseChoices)
    implements Serializable {

  /** Whether the folder of a file is evidence. */
  public enum Folders {
    /** Folder names mean nothing. */
    IGNORED,
    /** Objects that no UID links are linked to the one course whose files lie beside theirs. */
    LINK
  }

  /** What becomes of doses in RELATIVE units (3004,0002). */
  public enum RelativeDoses {
    /** They are refused, with a reason. */
    REFUSE,
    /** 100 % is the highest target prescription of their plan. */
    SCALE_BY_PRESCRIPTION
  }

  /** Copies the list. */
  public OrganizeOptions {
    doseChoices = List.copyOf(doseChoices);
    if (maxDays < 0) {
      throw new IllegalArgumentException("max-days is " + maxDays + ", expected 0 or more");
    }
  }

  /** A merge rule; all else as {@code reference.conf} says. */
  public OrganizeOptions(MergeRule mergeRule) {
    this(mergeRule, 0, Folders.IGNORED, RelativeDoses.REFUSE, List.of());
  }

  /** What {@code reference.conf} says: one course per study of the planning CT. */
  public static OrganizeOptions standard() {
    return new OrganizeOptions(MergeRule.CT_STUDY);
  }
}

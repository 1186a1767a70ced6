package org.rtpipeline.dvh;

import org.rtpipeline.geometry.CellCoverage;

/**
 * Adds the prisms of a stack of regions to a histogram.
 *
 * <p>Where two prisms meet between two dose planes, the blocks wholly inside both enter once for
 * both layers; that is why the last layer of a prism waits for the next prism.
 */
final class PrismDeposit {

  private static final double MEETING_TOLERANCE_MM = 1e-6;

  /** The block enters together with that of the neighbouring prism. */
  private static final byte TOGETHER = 3;

  private final RegionStack regions;
  private final DoseLattice lattice;
  private final int split;
  private final HistogramBuilder builder;
  private final int[] counts;
  private final double thickestMm;
  private Slab here = new Slab();
  private Slab below = new Slab();
  private boolean belowWaits;
  private double[] lowGy = new double[0];
  private double[] highGy = new double[0];
  private double highGyAtMm = Double.NaN;

  /**
   * The prisms of a structure.
   *
   * @param split cells per lattice cell and axis, even
   * @param builder receives the volumes
   */
  PrismDeposit(RegionStack regions, DoseLattice lattice, int split, HistogramBuilder builder) {
    this.regions = regions;
    this.lattice = lattice;
    this.split = split;
    this.builder = builder;
    this.counts = new int[] {lattice.countU(), lattice.countV()};
    this.thickestMm = lattice.smallestStepW() * 2.0 / split;
  }

  /** The part of a prism inside the dose: how its blocks enter, and the ends of its layers. */
  private static final class Slab {
    private final CellCoverage coverage = new CellCoverage(1, 1);
    private int[] window = new int[0];
    private byte[] entries = new byte[0];
    private double[] levels = new double[0];

    private int layers() {
      return Math.max(0, levels.length - 1);
    }
  }

  /** Adds all prisms, from the lowest to the highest. */
  void add() {
    for (int k = 0; k < regions.planes(); k++) {
      cover(k);
      boolean meets = meets();
      double fromMm = meets ? below.levels[below.layers() - 1] : Double.NaN;
      if (meets) {
        join();
      }
      addWaiting();
      if (meets) {
        together(fromMm, here.levels[1]);
        layer(here, 0);
        separate();
      }
      int next = meets ? 1 : 0;
      for (int l = next; l + 1 < here.layers(); l++) {
        layer(here, l);
      }
      belowWaits = here.layers() > next;
      Slab swap = below;
      below = here;
      here = swap;
    }
    addWaiting();
  }

  private void cover(int k) {
    here.window = lattice.windowOf(regions.region(k).boundsMm());
    here.levels = new double[0];
    if (here.window.length == 0) {
      return;
    }
    int[] window = here.window;
    here.levels = lattice.levels(regions.lowMm(k), regions.highMm(k), thickestMm);
    here.coverage.resize(window[2] * split, window[3] * split);
    here.coverage.cover(
        regions.region(k),
        window[0] * lattice.stepU(),
        window[1] * lattice.stepV(),
        lattice.stepU() / split,
        lattice.stepV() / split);
    int blocks = window[2] * window[3];
    if (here.entries.length < blocks) {
      here.entries = new byte[blocks];
    }
    DepositKernel.entries(here.coverage, window, split, counts, here.entries);
  }

  /** True when the waiting layer and the first of the next prism lie between two dose planes. */
  private boolean meets() {
    if (!belowWaits || here.layers() == 0) {
      return false;
    }
    double cutMm = here.levels[0];
    double thicknessMm = here.levels[1] - below.levels[below.layers() - 1];
    return Math.abs(below.levels[below.layers()] - cutMm) <= MEETING_TOLERANCE_MM
        && thicknessMm <= thickestMm + MEETING_TOLERANCE_MM
        && !lattice.hasPlaneAt(cutMm, MEETING_TOLERANCE_MM);
  }

  /** Marks the blocks that are wholly inside both prisms. */
  private void join() {
    int shiftU = here.window[0] - below.window[0];
    int shiftV = here.window[1] - below.window[1];
    int fromI = Math.max(0, -shiftU);
    int toI = Math.min(here.window[2], below.window[2] - shiftU);
    int toJ = Math.min(here.window[3], below.window[3] - shiftV);
    for (int j = Math.max(0, -shiftV); j < toJ; j++) {
      int at = j * here.window[2];
      int other = (j + shiftV) * below.window[2] + shiftU;
      for (int i = fromI; i < toI; i++) {
        if (here.entries[at + i] == DepositKernel.ONCE
            && below.entries[other + i] == DepositKernel.ONCE) {
          here.entries[at + i] = TOGETHER;
          below.entries[other + i] = TOGETHER;
        }
      }
    }
  }

  private void separate() {
    int blocks = here.window[2] * here.window[3];
    for (int b = 0; b < blocks; b++) {
      if (here.entries[b] == TOGETHER) {
        here.entries[b] = DepositKernel.ONCE;
      }
    }
  }

  private void addWaiting() {
    if (belowWaits) {
      layer(below, below.layers() - 1);
    }
    highGyAtMm = Double.NaN;
  }

  private void together(double fromMm, double toMm) {
    fill(here, fromMm, toMm);
    blocks(here, TOGETHER, toMm - fromMm);
  }

  private void layer(Slab slab, int layer) {
    double thicknessMm = slab.levels[layer + 1] - slab.levels[layer];
    fill(slab, slab.levels[layer], slab.levels[layer + 1]);
    blocks(slab, DepositKernel.ONCE, thicknessMm);
    DepositKernel.cells(
        slab.coverage,
        slab.entries,
        slab.window,
        split,
        counts,
        lowGy,
        highGy,
        lattice.stepU() / split * (lattice.stepV() / split) * thicknessMm,
        builder);
  }

  private void blocks(Slab slab, byte entry, double thicknessMm) {
    double blockMm3 = lattice.stepU() * lattice.stepV() * thicknessMm;
    DepositKernel.blocks(entry, slab.entries, slab.window, lowGy, highGy, blockMm3, builder);
  }

  /** Reads the doses at both ends of a layer; those of an end that is there already are kept. */
  private void fill(Slab slab, double lowMm, double highMm) {
    int[] window = slab.window;
    int points = (window[2] + 1) * (window[3] + 1);
    if (lowGy.length < points) {
      lowGy = new double[points];
      highGy = new double[points];
      highGyAtMm = Double.NaN;
    }
    if (highGyAtMm == lowMm) {
      double[] swap = lowGy;
      lowGy = highGy;
      highGy = swap;
    } else {
      lattice.window(lowMm, window[0], window[1], window[2] + 1, window[3] + 1, lowGy);
    }
    if (highGyAtMm != highMm) {
      lattice.window(highMm, window[0], window[1], window[2] + 1, window[3] + 1, highGy);
      highGyAtMm = highMm;
    }
  }
}

package org.rtpipeline.radiomics;

import java.util.ArrayList;
import java.util.List;

/**
 * Moduli of responses to Gabor filters exp(-(a² + γ²b²)/(2σ²) + 2πi·a/λ), a along the wave and b
 * across (IBSI 2, Gabor filters).
 */
final class GaborResponse {

  /** The kernel is read up to so many of its widths; what it leaves out is below 1e-8. */
  private static final double WIDTHS = 6;

  private final ResponseFilter.Gabor gabor;
  private final BoxedImage image;
  private final IndexBox box;

  private GaborResponse(ResponseFilter.Gabor gabor, BoxedImage image, IndexBox box) {
    this.gabor = gabor;
    this.image = image;
    this.box = box;
  }

  /** The mean over directions, and over slices where asked; a new array over the box. */
  static double[] of(ResponseFilter.Gabor gabor, BoxedImage image, IndexBox box) {
    GaborResponse response = new GaborResponse(gabor, image, box);
    List<TexturePlane> planes = planes(gabor);
    double[] sum = new double[box.voxels()];
    for (TexturePlane plane : planes) {
      response.add(plane, sum);
    }
    int terms = planes.size() * gabor.thetasDeg().size();
    for (int i = 0; i < sum.length; i++) {
      sum[i] /= terms;
    }
    return sum;
  }

  private static List<TexturePlane> planes(ResponseFilter.Gabor gabor) {
    return gabor.slices() == ResponseFilter.GaborSlices.AXIAL
        ? List.of(TexturePlane.AXIAL)
        : List.of(TexturePlane.AXIAL, TexturePlane.CORONAL, TexturePlane.SAGITTAL);
  }

  /** The domains of all slices of a box together, one for each pair of axes. */
  static List<FourierDomain> domains(ResponseFilter.Gabor gabor, GridSize size, IndexBox box) {
    return planes(gabor).stream()
        .map(
            plane ->
                new FourierDomain(box, size, plane, reach(gabor, plane, size), gabor.boundary()))
        .toList();
  }

  private void add(TexturePlane plane, double[] sum) {
    int across = plane == TexturePlane.AXIAL ? 2 : plane == TexturePlane.CORONAL ? 1 : 0;
    int first = across == 0 ? 1 : 0;
    int second = across == 2 ? 1 : 2;
    int reach = reach(gabor, plane, image.size());
    List<Spectrum> kernels = new ArrayList<>();
    for (int slice = 0; slice < box.count(across); slice++) {
      IndexBox part = sliceOf(across, slice);
      FourierDomain domain = new FourierDomain(part, image.size(), plane, reach, gabor.boundary());
      if (kernels.isEmpty()) {
        for (double thetaDeg : gabor.thetasDeg()) {
          kernels.add(kernel(domain.counts(), first, second, Math.toRadians(thetaDeg)));
        }
      }
      double[] values = domain.of(image);
      Spectrum spectrum = new Spectrum(domain.counts(), values, new double[values.length]);
      spectrum.forward(first);
      spectrum.forward(second);
      double[] moduli = new double[values.length];
      for (Spectrum kernel : kernels) {
        addModulus(spectrum.times(kernel), first, second, moduli);
      }
      addSlice(domain.wanted(moduli), across, slice, sum);
    }
  }

  private static int reach(ResponseFilter.Gabor gabor, TexturePlane plane, GridSize size) {
    int furthest = 0;
    for (int axis = 0; axis < 3; axis++) {
      furthest = plane.contains(axis) ? Math.max(furthest, reach(gabor, axis, size)) : furthest;
    }
    return furthest;
  }

  /** Voxels beyond which the kernel is nothing, along an axis. */
  private static int reach(ResponseFilter.Gabor gabor, int axis, GridSize size) {
    double widestMm = gabor.sigmaMm() / Math.min(1, gabor.gamma());
    return (int) Math.ceil(WIDTHS * widestMm / size.spacingMm(axis));
  }

  private IndexBox sliceOf(int across, int slice) {
    return switch (across) {
      case 0 -> new IndexBox(box.x0() + slice, box.y0(), box.z0(), 1, box.ny(), box.nz());
      case 1 -> new IndexBox(box.x0(), box.y0() + slice, box.z0(), box.nx(), 1, box.nz());
      default -> new IndexBox(box.x0(), box.y0(), box.z0() + slice, box.nx(), box.ny(), 1);
    };
  }

  /** Spectrum of the kernel about sample 0 of a domain. */
  private Spectrum kernel(int[] n, int first, int second, double theta) {
    double[] re = new double[n[0] * n[1] * n[2]];
    double[] im = new double[re.length];
    int reachAlong = reach(gabor, first, image.size());
    int reachAcross = reach(gabor, second, image.size());
    double variance = 2 * gabor.sigmaMm() * gabor.sigmaMm();
    for (int j = -reachAcross; j <= reachAcross; j++) {
      double vMm = j * image.size().spacingMm(second);
      for (int i = -reachAlong; i <= reachAlong; i++) {
        double uMm = i * image.size().spacingMm(first);
        double a = uMm * Math.cos(theta) + vMm * Math.sin(theta);
        double b = gabor.gamma() * (vMm * Math.cos(theta) - uMm * Math.sin(theta));
        double envelope = Math.exp(-(a * a + b * b) / variance);
        double phase = 2 * Math.PI * a / gabor.lambdaMm();
        int at = Math.floorMod(i, n[first]) + n[first] * Math.floorMod(j, n[second]);
        re[at] += envelope * Math.cos(phase);
        im[at] += envelope * Math.sin(phase);
      }
    }
    Spectrum kernel = new Spectrum(n, re, im);
    kernel.forward(first);
    kernel.forward(second);
    return kernel;
  }

  private static void addModulus(Spectrum response, int first, int second, double[] to) {
    response.inverse(second);
    response.inverse(first);
    double[] re = response.re();
    double[] im = response.im();
    for (int i = 0; i < to.length; i++) {
      to[i] += Math.sqrt(re[i] * re[i] + im[i] * im[i]);
    }
  }

  private void addSlice(double[] values, int across, int slice, double[] sum) {
    GridSize size = new GridSize(box.nx(), box.ny(), box.nz(), 1, 1, 1);
    int from = 0;
    for (int z = 0; z < (across == 2 ? 1 : box.nz()); z++) {
      for (int y = 0; y < (across == 1 ? 1 : box.ny()); y++) {
        for (int x = 0; x < (across == 0 ? 1 : box.nx()); x++) {
          int at =
              size.index(across == 0 ? slice : x, across == 1 ? slice : y, across == 2 ? slice : z);
          sum[at] += values[from++];
        }
      }
    }
  }
}

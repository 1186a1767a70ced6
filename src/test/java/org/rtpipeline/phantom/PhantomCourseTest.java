package org.rtpipeline.phantom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.Contour;
import org.rtpipeline.model.DoseGrid;
import org.rtpipeline.model.Roi;

final class PhantomCourseTest {

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  private static List<PhantomCourse> courses(long seed, PhantomSize size) {
    PhantomOptions options = new PhantomOptions(3, seed, size);
    return List.of(
        PhantomCourse.of(options, 1), PhantomCourse.of(options, 2), PhantomCourse.of(options, 3));
  }

  @Test
  void sitesTakeTurns() {
    assertThat(courses(1, PhantomSize.SMALL))
        .extracting(PhantomCourse::site)
        .containsExactly(Site.PELVIS, Site.THORAX, Site.HEAD_AND_NECK);
  }

  @Test
  void clinicalCoursesHaveTheSizeOfAClinic() {
    for (PhantomCourse course : courses(1, PhantomSize.CLINICAL)) {
      assertThat(course.rois()).hasSizeBetween(25, 40);
      assertThat(course.imageGrid().columns()).isEqualTo(512);
      assertThat(course.imageGrid().rows()).isEqualTo(512);
      assertThat(course.imageGrid().planes()).isEqualTo(150);
      assertThat(course.doseGrid().grid().columnSpacingMm()).isEqualTo(2.5);
    }
  }

  @Test
  void namesAreUniqueAndShort() {
    for (PhantomCourse course : courses(1, PhantomSize.CLINICAL)) {
      assertThat(course.rois()).extracting(PhantomRoi::name).doesNotHaveDuplicates();
      assertThat(course.rois()).extracting(PhantomRoi::name).allMatch(name -> name.length() <= 16);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everySolidFillsWholeSlabs(long seed) {
    for (PhantomCourse course : courses(seed, PhantomSize.CLINICAL)) {
      for (PhantomRoi roi : course.rois()) {
        for (Solid part : roi.solid().parts()) {
          double low = part.lowestMm(Axis.Z) / PhantomSize.SLAB_MM;
          double high = part.highestMm(Axis.Z) / PhantomSize.SLAB_MM;
          assertThat(low).as(roi.name()).isCloseTo(Math.rint(low), within(1e-9));
          assertThat(high).as(roi.name()).isCloseTo(Math.rint(high), within(1e-9));
        }
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyOutlineLiesInsideTheBody(long seed) {
    for (PhantomSize size : PhantomSize.values()) {
      for (PhantomCourse course : courses(seed, size)) {
        Solid body = course.rois().get(0).solid();
        for (PhantomRoi roi : course.rois().subList(1, course.rois().size())) {
          Solid solid = roi.solid();
          assertThat(solid.lowestMm(Axis.Z)).isGreaterThanOrEqualTo(body.lowestMm(Axis.Z));
          assertThat(solid.highestMm(Axis.Z)).isLessThanOrEqualTo(body.highestMm(Axis.Z));
          double middleMm = (solid.lowestMm(Axis.Z) + solid.highestMm(Axis.Z)) / 2 + 0.1;
          for (double[] outline : solid.outlinesMm(middleMm)) {
            for (int i = 0; i < outline.length; i += 2) {
              assertThat(body.contains(new Point(outline[i], outline[i + 1], 0)))
                  .as("%s of %s", roi.name(), course.site())
                  .isTrue();
            }
          }
        }
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void slabsOfTheOutlinesHaveTheVolumeOfTheSolid(long seed) {
    for (PhantomCourse course : courses(seed, PhantomSize.SMALL)) {
      for (PhantomRoi roi : course.rois()) {
        double slabsMm3 = 0;
        for (int k = 0; k < course.imageGrid().planes(); k++) {
          double zMm = course.imageGrid().originMm().zMm() + course.imageGrid().planeOffsetMm(k);
          slabsMm3 += PhantomSize.SLAB_MM * SolidPropertyTest.sectionMm2(roi.solid(), zMm);
        }
        double tolerance = isPrism(roi.solid()) ? 1e-9 : 0.03;
        assertThat(slabsMm3 / roi.solid().volumeMm3())
            .as(roi.name())
            .isCloseTo(1, within(tolerance));
      }
    }
  }

  private static boolean isPrism(Solid solid) {
    return solid instanceof Box
        || (solid instanceof Cylinder cylinder && cylinder.along() == Axis.Z)
        || (solid instanceof Hollow hollow && isPrism(hollow.outer()) && isPrism(hollow.inner()));
  }

  @Test
  void partsOfAGroupAreApart() {
    for (PhantomCourse course : courses(3, PhantomSize.CLINICAL)) {
      for (PhantomRoi roi : course.rois()) {
        if (roi.solid() instanceof Group group) {
          assertThat(group.parts()).hasSize(2);
          Solid one = group.parts().get(0);
          Solid two = group.parts().get(1);
          assertThat(
                  one.lowestMm(Axis.X) > two.highestMm(Axis.X)
                      || two.lowestMm(Axis.X) > one.highestMm(Axis.X))
              .as(roi.name())
              .isTrue();
        }
      }
    }
  }

  @Test
  void doseGridCarriesTheFormulaExactly() {
    SplittableRandom random = new SplittableRandom(5);
    for (PhantomSize size : PhantomSize.values()) {
      for (PhantomCourse course : courses(5, size)) {
        DoseGrid dose = course.doseGrid();
        for (int n = 0; n < 2000; n++) {
          double i = random.nextDouble(0, dose.grid().columns() - 1);
          double j = random.nextDouble(0, dose.grid().rows() - 1);
          double k = random.nextDouble(0, dose.grid().planes() - 1);
          Point pointMm = dose.grid().toPatientMm(i, j, k * dose.grid().meanPlaneSpacingMm());
          assertThat(trilinearGy(dose, i, j, k))
              .isCloseTo(course.dose().doseGy(pointMm), within(2e-5));
        }
      }
    }
  }

  private static double trilinearGy(DoseGrid dose, double i, double j, double k) {
    VoxelGrid grid = dose.grid();
    double sumGy = 0;
    for (int corner = 0; corner < 8; corner++) {
      int ci = (int) i + (corner & 1);
      int cj = (int) j + (corner >> 1 & 1);
      int ck = (int) k + (corner >> 2 & 1);
      double weight = (1 - Math.abs(i - ci)) * (1 - Math.abs(j - cj)) * (1 - Math.abs(k - ck));
      sumGy += weight * dose.valuesGy()[grid.index(ci, cj, ck)];
    }
    return sumGy;
  }

  @Test
  void doseGridReachesBeyondTheBody() {
    for (PhantomCourse course : courses(6, PhantomSize.CLINICAL)) {
      VoxelGrid grid = course.doseGrid().grid();
      Solid body = course.rois().get(0).solid();
      for (Axis axis : Axis.values()) {
        Point lastMm =
            grid.toPatientMm(
                grid.columns() - 1, grid.rows() - 1, grid.planeOffsetMm(grid.planes() - 1));
        assertThat(axis.ofMm(grid.originMm())).isLessThan(body.lowestMm(axis));
        assertThat(axis.ofMm(lastMm)).isGreaterThan(body.highestMm(axis));
      }
    }
  }

  @Test
  void contoursLieOnTheImagesTheyName() {
    PhantomCourse course = courses(1, PhantomSize.SMALL).get(0);
    for (Roi roi : course.contouredRois()) {
      assertThat(roi.contours()).isNotEmpty();
      for (Contour contour : roi.contours()) {
        double zMm = contour.pointsMm()[2];
        int plane = (int) Math.rint((zMm - course.imageGrid().originMm().zMm()) / 3);
        assertThat(contour.imageSopInstanceUid()).isEqualTo(course.imageUid(plane));
        assertThat(contour.isClosed()).isTrue();
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void truthIsInOrder(long seed) {
    for (PhantomCourse course : courses(seed, PhantomSize.SMALL)) {
      for (TruthRow row : course.truth()) {
        assertThat(List.of(row.dminGy(), row.d98Gy(), row.d95Gy(), row.d50Gy(), row.d5Gy()))
            .as(row.roiName())
            .isSorted();
        assertThat(row.d2Gy()).isBetween(row.d5Gy(), row.dmaxGy());
        assertThat(row.dmeanGy()).isBetween(row.dminGy(), row.dmaxGy());
        assertThat(row.volumeCm3()).isPositive();
        assertThat(row.dminGy()).isNotNegative();
      }
    }
  }

  @Test
  void targetsGetAboutTheirPrescription() {
    for (PhantomCourse course : courses(2, PhantomSize.SMALL)) {
      for (TruthRow row : course.truth()) {
        if (row.roiName().startsWith("PTV")) {
          double rxGy = course.site().prescriptionGy(row.roiName());
          assertThat(row.d95Gy()).as(row.roiName()).isBetween(0.92 * rxGy, 1.05 * rxGy);
        }
      }
    }
  }

  @Test
  void otherSeedsGiveOtherTruth() {
    assertThat(courses(1, PhantomSize.SMALL).get(0).truth())
        .isNotEqualTo(courses(2, PhantomSize.SMALL).get(0).truth());
  }

  @Test
  void imagesShowTheOrgans() {
    PhantomCourse course = courses(1, PhantomSize.SMALL).get(0);
    short[] slice = new CtPainter(course).slice(20);
    assertThat((double) slice[0]).isBetween(-1030.0, -970.0);
    VoxelGrid grid = course.imageGrid();
    Point headMm = ((Ellipsoid) course.rois().get(1).solid()).centreMm();
    int column = (int) Math.rint(grid.columnOf(headMm));
    int row = (int) Math.rint(grid.rowOf(headMm));
    assertThat((double) slice[column + grid.columns() * row]).isBetween(320.0, 380.0);
  }

  @Test
  void patientsOutsideTheCohortAreRefused() {
    PhantomOptions options = new PhantomOptions(2, 1, PhantomSize.SMALL);
    assertThatIllegalArgumentException().isThrownBy(() -> PhantomCourse.of(options, 3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PhantomOptions(0, 1, PhantomSize.SMALL));
  }
}

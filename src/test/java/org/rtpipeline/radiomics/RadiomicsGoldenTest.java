package org.rtpipeline.radiomics;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtpipeline.fixture.RadiomicsGolden;

/** Holds every value of golden PyRadiomics runs, within the tolerances of their maker. */
final class RadiomicsGoldenTest {

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "ibsi1_digital, default",
    "ibsi1_digital, force2d",
    "ibsi1_digital, dist123eucl",
    "brain1, default",
    "brain1, simple",
    "brain1, fbn32",
    "brain1, reseg",
    "brain1, norm",
    "brain1, dist123eucl",
    "brain1, force2d",
    "brain1, lin2mm",
    "brain1, filters",
    "brain1, resample1mm",
    "brain1, wav2",
    "brain2, default",
    "brain2, simple",
    "brain2, fbn32",
    "brain2, reseg",
    "brain2, norm",
    "brain2, dist123eucl",
    "brain2, force2d",
    "brain2, lin2mm",
    "brain2, filters",
    "brain2, resample1mm",
    "brain2, wav2",
    "ibsi1_ct, default",
    "ibsi1_ct, simple",
    "ibsi1_ct, fbn32",
    "ibsi1_ct, reseg",
    "ibsi1_ct, norm",
    "ibsi1_ct, dist123eucl",
    "ibsi1_ct, force2d",
    "ibsi1_ct, lin2mm",
    "ibsi1_ct, filters",
    "ibsi1_ct, resample1mm",
    "ibsi1_ct, wav2",
    "STS_001_CT, default",
    "STS_001_CT, filters",
    "STS_001_CT, resample1mm",
    "STS_001_PET, default",
    "STS_001_PET, filters",
    "STS_001_PET, resample1mm",
    "STS_001_MR_T1, default",
    "STS_001_MR_T1, filters",
    "STS_001_MR_T1, resample1mm",
    "STS_002_CT, default",
    "STS_002_CT, filters",
    "STS_002_CT, resample1mm",
    "STS_002_PET, default",
    "STS_002_PET, filters",
    "STS_002_PET, resample1mm",
    "STS_002_MR_T1, default",
    "STS_002_MR_T1, filters",
    "STS_002_MR_T1, resample1mm",
    "STS_003_CT, default",
    "STS_003_CT, filters",
    "STS_003_CT, resample1mm",
    "STS_003_PET, default",
    "STS_003_PET, filters",
    "STS_003_PET, resample1mm",
    "STS_003_MR_T1, default",
    "STS_003_MR_T1, filters",
    "STS_003_MR_T1, resample1mm"
  })
  void valuesAreThoseOfPyRadiomics(String name, String options) {
    ReferenceCases.Case roi = ReferenceCases.read(name);
    Map<String, Double> expected = RadiomicsGolden.of(name, options);
    RoiFeatures features =
        new FeatureExtractor(GoldenOptions.of(options, name)).of(roi.image(), roi.mask());
    Map<String, Double> actual = new LinkedHashMap<>();
    features.values().forEach(value -> actual.put(value.name(), value.value()));
    RadiomicsGolden.assertSame(actual, expected, options);
  }
}

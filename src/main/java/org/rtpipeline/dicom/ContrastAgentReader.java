package org.rtpipeline.dicom;

import java.io.InputStream;

/** Reads whether an image names the contrast agent that was given (PS3.3 C.7.6.4). */
public final class ContrastAgentReader {

  private ContrastAgentReader() {}

  /**
   * Whether an image names an agent.
   *
   * @param path where the bytes come from, for messages
   * @throws DicomException when the file cannot be read
   */
  public static boolean isNamed(String path, InputStream in) throws DicomException {
    DicomFile file = DicomFile.read(path, in, DicomFile.UNKNOWN_SIZE, ReadScope.HEADER);
    return file.object().text(Tags.CONTRAST_BOLUS_AGENT).isPresent();
  }
}

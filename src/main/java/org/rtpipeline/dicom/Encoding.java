package org.rtpipeline.dicom;

/** How the elements of a data set are laid out once deflation is undone (PS3.5 A). */
enum Encoding {
  IMPLICIT_LITTLE_ENDIAN(TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN),
  EXPLICIT_LITTLE_ENDIAN(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN),
  EXPLICIT_BIG_ENDIAN(TransferSyntax.EXPLICIT_VR_BIG_ENDIAN);

  private final String uid;

  Encoding(String uid) {
    this.uid = uid;
  }

  /** Transfer syntax UID of native data in this layout. */
  String uid() {
    return uid;
  }

  /** The layout that a transfer syntax asks for; encapsulated and deflated ones are explicit. */
  static Encoding of(String transferSyntaxUid) {
    return switch (transferSyntaxUid) {
      case TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN -> IMPLICIT_LITTLE_ENDIAN;
      case TransferSyntax.EXPLICIT_VR_BIG_ENDIAN -> EXPLICIT_BIG_ENDIAN;
      default -> EXPLICIT_LITTLE_ENDIAN;
    };
  }
}

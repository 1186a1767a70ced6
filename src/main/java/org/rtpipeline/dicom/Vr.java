package org.rtpipeline.dicom;

/** Value representations (PS3.5 6.2), with what reading and writing bytes needs to know of them. */
enum Vr {
  AE(Kind.TEXT),
  AS(Kind.TEXT),
  AT(Kind.TAG),
  CS(Kind.TEXT),
  DA(Kind.TEXT),
  DS(Kind.TEXT),
  DT(Kind.TEXT),
  FD(Kind.DOUBLE),
  FL(Kind.FLOAT),
  IS(Kind.TEXT),
  LO(Kind.CHARSET_TEXT),
  LT(Kind.CHARSET_TEXT),
  OB(Kind.OPAQUE),
  OD(Kind.OPAQUE),
  OF(Kind.OPAQUE),
  OL(Kind.OPAQUE),
  OW(Kind.OPAQUE),
  PN(Kind.CHARSET_TEXT),
  SH(Kind.CHARSET_TEXT),
  SL(Kind.INT),
  SQ(Kind.ITEMS),
  SS(Kind.SHORT),
  ST(Kind.CHARSET_TEXT),
  TM(Kind.TEXT),
  UC(Kind.CHARSET_TEXT),
  UI(Kind.TEXT),
  UL(Kind.UNSIGNED_INT),
  UN(Kind.OPAQUE),
  UR(Kind.TEXT),
  US(Kind.UNSIGNED_SHORT),
  UT(Kind.CHARSET_TEXT);

  /** How the value bytes are to be understood. */
  enum Kind {
    TEXT(1),
    CHARSET_TEXT(1),
    TAG(4),
    SHORT(2),
    UNSIGNED_SHORT(2),
    INT(4),
    UNSIGNED_INT(4),
    FLOAT(4),
    DOUBLE(8),
    OPAQUE(1),
    ITEMS(0);

    private final int valueBytes;

    Kind(int valueBytes) {
      this.valueBytes = valueBytes;
    }

    /** Bytes of one value; 1 for text and opaque bytes. */
    int valueBytes() {
      return valueBytes;
    }
  }

  private final Kind kind;

  Vr(Kind kind) {
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }

  /** True for values held as characters. */
  boolean isText() {
    return kind == Kind.TEXT || kind == Kind.CHARSET_TEXT;
  }

  /** True for text in which a backslash is a character, not a separator (PS3.5 6.1.2.3). */
  boolean isSingleText() {
    return this == LT || this == ST || this == UT || this == UR;
  }

  /** The representation with this name; {@link #UN} for one that is not known. */
  static Vr named(String name) {
    for (Vr vr : values()) {
      if (vr.name().equals(name)) {
        return vr;
      }
    }
    return UN;
  }

  /** True when two bytes of a stream spell a value representation, OV, SV and UV included. */
  static boolean isSpelledBy(byte first, byte second) {
    if (second == 'V' && (first == 'O' || first == 'S' || first == 'U')) {
      return true;
    }
    for (Vr vr : values()) {
      if (vr.name().charAt(0) == first && vr.name().charAt(1) == second) {
        return true;
      }
    }
    return false;
  }
}

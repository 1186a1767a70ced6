package org.rtpipeline.dicom;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Texts of objects that do not say their character set, which engines take for their own one. */
final class CharacterSets {

  private static final Pattern DEFINED =
      Pattern.compile(
          "(ISO_IR|ISO 2022 IR) (13|58|87|100|101|109|110|126|127|138|144|148|149|159|166|192|203)"
              + "|GB18030|GBK");

  private CharacterSets() {}

  /** True when a value of (0008,0005) names one of the sets beyond ASCII (PS3.3 C.12.1.1.2). */
  static boolean isDeclared(String @Nullable [] terms) {
    return terms != null
        && Stream.of(terms)
            .anyMatch(term -> term != null && DEFINED.matcher(term.trim()).matches());
  }

  static boolean isAscii(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  /** Bytes in an unknown set: UTF-8 where they can be, else Latin-1, which no bytes contradict. */
  static String undeclared(byte[] bytes) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException otherSet) {
      return new String(bytes, ISO_8859_1);
    }
  }
}

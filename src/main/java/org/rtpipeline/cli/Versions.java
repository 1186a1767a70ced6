package org.rtpipeline.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.rtpipeline.model.ProductVersion;
import picocli.CommandLine.IVersionProvider;

/** The versions a bug report needs. */
final class Versions implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "rtpipeline " + ProductVersion.text(), "Spark " + spark(), "Java " + Runtime.version()
    };
  }

  /** Of Spark, as its jar says. */
  static String spark() {
    Properties properties = new Properties();
    try (InputStream in =
        Versions.class.getClassLoader().getResourceAsStream("spark-version-info.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException unreadable) {
      return "unreadable: " + unreadable.getMessage();
    }
    return properties.getProperty("version", "not on the class path");
  }
}
